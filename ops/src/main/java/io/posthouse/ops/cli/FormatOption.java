package io.posthouse.ops.cli;

import picocli.CommandLine.Option;

/// `--format`, for commands that print rows.
public final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "table|json",
      defaultValue = "table",
      description = "How to print: ${DEFAULT-VALUE}.")
  private Format format = Format.TABLE;

  public Format chosen() {
    return format;
  }
}
