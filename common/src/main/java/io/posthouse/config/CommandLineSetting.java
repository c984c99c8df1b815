package io.posthouse.config;

import io.posthouse.config.Tree.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One `--set a.b=VALUE`.
record CommandLineSetting(List<String> path, Tree value) {
  private static final String NAME = "(?:\"[^\"]+\"|[^\".=\\s]+)";
  private static final Pattern WRITTEN =
      Pattern.compile("(?<key>%s(?:\\.%s)*)=(?<value>.*)".formatted(NAME, NAME), Pattern.DOTALL);

  /// Nothing, and one problem more, when it is none.
  static Optional<CommandLineSetting> parse(String text, List<Problem> problems) {
    var written = WRITTEN.matcher(text);
    if (!written.matches()) {
      problems.add(new Problem(Origin.COMMAND_LINE, "", text + " (expected: KEY=VALUE)"));
      return Optional.empty();
    }
    var value = YamlReader.value(written.group("key"), written.group("value"), problems);
    return Optional.of(new CommandLineSetting(names(written.group("key")), value));
  }

  Mapping applyTo(Mapping settings) {
    return settings.with(path, value);
  }

  private static List<String> names(String key) {
    return Pattern.compile(NAME)
        .matcher(key)
        .results()
        .map(name -> name.group().replace("\"", ""))
        .toList();
  }
}
