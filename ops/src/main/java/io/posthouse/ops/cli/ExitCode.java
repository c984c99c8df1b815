package io.posthouse.ops.cli;

/// How a command ends, for scripts (DESIGN §9).
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int CONFIGURATION = 3;
  public static final int UNREACHABLE = 4;

  private ExitCode() {}
}
