package io.posthouse.ops.cli;

import picocli.CommandLine.Option;

/// Who orders something, and why: told by every event of it.
public final class OperatorOptions {
  @Option(
      names = "--operator",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who orders it, for the trace: ${DEFAULT-VALUE}.")
  private String operator = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why: for the trace, and for the senders of what is bounced.")
  private String reason = "";

  public String operator() {
    return operator;
  }

  /// Empty where none is given.
  public String reason() {
    return reason;
  }
}
