package io.posthouse.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// The settings cannot be used. The message lists every problem, one a line, each as
/// `FILE:LINE:COLUMN: key: what`, and ends by saying that nothing was started (exit code 3).
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  ConfigException(Collection<Problem> problems) {
    super(report(problems));
    this.problems = lines(problems);
  }

  /// The problems alone, in the order of the file.
  public List<String> problems() {
    return problems;
  }

  private static String report(Collection<Problem> problems) {
    var count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return String.join("\n", lines(problems)) + "\n" + count + "; nothing was started.";
  }

  private static List<String> lines(Collection<Problem> problems) {
    return problems.stream()
        .sorted(java.util.Comparator.comparing(Problem::origin))
        .map(Problem::toString)
        .collect(Collectors.toUnmodifiableList());
  }
}
