package io.posthouse.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts `${env:NAME}` and `${file:PATH}` into the text of a value; `$${` stands for a plain `${`.
///
/// @param base what relative paths are relative to: the folder of the settings file
record References(Map<String, String> environment, Path base) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{(?<to>[^}]*)}?");

  References {
    environment = Map.copyOf(environment);
  }

  /// The text without references.
  ///
  /// @throws IllegalArgumentException with the rule, when a reference leads nowhere
  String resolve(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                found.group().startsWith("$$") ? "${" : read(found.group("to"))));
  }

  private String read(String reference) {
    var name = reference.substring(reference.indexOf(':') + 1);
    if (reference.startsWith("env:")) return variable(name);
    if (reference.startsWith("file:")) return contents(base.resolve(name));
    throw new IllegalArgumentException("${env:NAME} or ${file:PATH}");
  }

  private String variable(String name) {
    var value = environment.get(name);
    if (value == null)
      throw new IllegalArgumentException("the environment variable " + name + " to be set");
    return value;
  }

  private static String contents(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException _) {
      throw new IllegalArgumentException("a readable file " + file);
    }
  }
}
