package io.posthouse.storage.check;

/// A count that was made right, or would be.
///
/// @param what which count of whom
public record Mended(String what, String was, String is, Result result) {
  public enum Result {
    DONE,
    /// Somebody only wanted to know.
    NOT_ASKED,
    /// It changes just now; try again later.
    BUSY
  }
}
