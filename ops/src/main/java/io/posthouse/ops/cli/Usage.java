package io.posthouse.ops.cli;

import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Arguments that are more than text.
public final class Usage {
  private Usage() {}

  /// What `reader` makes of an argument; what it refuses is wrong usage.
  public static <T> T read(CommandSpec spec, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException refused) {
      throw wrong(spec, String.valueOf(refused.getMessage()));
    }
  }

  /// The same, for an option whose reader names neither it nor what is expected.
  public static <T> T read(
      CommandSpec spec, String option, String text, String expected, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException refused) {
      throw wrong(spec, option + ": " + text + " (expected: " + expected + ")");
    }
  }

  /// Refuses a number of things that is below zero.
  public static void check(CommandSpec spec, String option, long number) {
    if (number < 0) throw wrong(spec, option + ": " + number + " (expected: 0 or more)");
  }

  /// Ends the command: it was not meant like that.
  public static ParameterException wrong(CommandSpec spec, String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
