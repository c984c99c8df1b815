package io.posthouse.ops.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/// Options that take one of a few words, in any case.
public final class Words {
  private Words() {}

  /// Reads those of a command, and of all below it.
  public static void readIn(CommandLine command) {
    for (var option : command.getCommandSpec().options())
      for (var type : option.auxiliaryTypes()) if (type.isEnum()) read(command, type);
    command.getSubcommands().values().forEach(Words::readIn);
  }

  private static <T> void read(CommandLine command, Class<T> words) {
    command.registerConverter(words, typed -> choose(words, typed));
  }

  private static <T> T choose(Class<T> words, String typed) {
    return Arrays.stream(words.getEnumConstants())
        .filter(word -> shown(word).equals(typed.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException(typed + " (expected: " + all(words) + ")"));
  }

  private static <T> String all(Class<T> words) {
    return Arrays.stream(words.getEnumConstants())
        .map(Words::shown)
        .collect(Collectors.joining(", "));
  }

  private static String shown(Object word) {
    return word.toString().toLowerCase(Locale.ROOT);
  }
}
