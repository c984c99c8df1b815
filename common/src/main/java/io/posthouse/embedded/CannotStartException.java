package io.posthouse.embedded;

/// An embedded server could not start for a reason its user can mend: a port that is taken, a
/// directory in use. The message is one sentence, fit to be shown as it is.
public final class CannotStartException extends RuntimeException {
  CannotStartException(String message) {
    super(message);
  }

  CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
