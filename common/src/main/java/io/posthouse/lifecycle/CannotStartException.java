package io.posthouse.lifecycle;

/// A service cannot start, and its message says why in a sentence for an operator: a port that is
/// taken, a topic that is missing. Not a bug, so nobody needs its stack trace.
public final class CannotStartException extends RuntimeException {
  public CannotStartException(String why) {
    super(why);
  }

  public CannotStartException(String why, Throwable cause) {
    super(why, cause);
  }
}
