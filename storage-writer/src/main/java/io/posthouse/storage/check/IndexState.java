package io.posthouse.storage.check;

/// An index that storing or serving mail needs, and whether it is there.
///
/// @param keys as MongoDB writes them: `{mailbox: 1, uid: 1}`
/// @param why what MongoDB said when it was to be created; empty where nothing
public record IndexState(
    String collection, String keys, boolean unique, Maker maker, State state, String why) {
  /// Who makes it when it starts.
  public enum Maker {
    POSTHOUSE,
    WILDDUCK
  }

  public enum State {
    PRESENT,
    MISSING,
    CREATED,
    /// The server said yes and does not have it, as the embedded one does of most kinds.
    IGNORED,
    REFUSED
  }

  public boolean isThere() {
    return state == State.PRESENT || state == State.CREATED;
  }
}
