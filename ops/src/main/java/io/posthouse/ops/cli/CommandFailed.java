package io.posthouse.ops.cli;

/// A command could not do what it was asked to; the message is all that the operator needs to read.
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailed(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// It was tried, and failed.
  public static CommandFailed because(String message) {
    return new CommandFailed(ExitCode.FAILED, message);
  }

  /// Kafka or MongoDB does not answer.
  public static CommandFailed unreachable(String what, String why) {
    return new CommandFailed(ExitCode.UNREACHABLE, what + " is not reachable: " + why);
  }

  public int exitCode() {
    return exitCode;
  }
}
