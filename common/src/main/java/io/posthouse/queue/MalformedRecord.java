package io.posthouse.queue;

/// A record that is none of ours, or that breaks one of our rules. It goes to the dead letters, and
/// those behind it go on.
public final class MalformedRecord extends Exception {
  private static final long serialVersionUID = 1;

  public MalformedRecord(String what, Throwable cause) {
    super(what, cause);
  }
}
