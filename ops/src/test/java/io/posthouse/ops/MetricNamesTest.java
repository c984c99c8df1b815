package io.posthouse.ops;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// An operator who looks for a metric that a README or a runbook names finds it at `/metrics`.
class MetricNamesTest {
  private static final Path ROOT = Path.of(System.getProperty("posthouse.root", ".."));
  private static final Pattern MADE =
      Pattern.compile("\\b(?:counter|gauge|histogram|total|build)\\(\\s*\"(?<name>\\w+)\"");
  private static final Pattern WORD = Pattern.compile("\\b[a-z0-9]+(?:_[a-z0-9]+)+\\b");

  @Test
  void what_the_pages_name_is_what_the_code_makes() throws IOException {
    var made = made();
    var wrong = new TreeMap<Path, Set<String>>();
    for (var page : pages()) {
      var names = new TreeSet<>(named(Files.readString(page), made));
      names.removeAll(made);
      if (!names.isEmpty()) wrong.put(ROOT.relativize(page), names);
    }
    assertEquals(Map.of(), wrong, "named, and made by nobody");
  }

  @Test
  void the_pages_and_the_code_are_found() throws IOException {
    var runbook = Files.readString(ROOT.resolve("ops/runbooks/events.md"));
    assertTrue(pages().contains(ROOT.resolve("ops/runbooks/events.md")));
    assertTrue(pages().contains(ROOT.resolve("README.md")));
    assertTrue(named(runbook, made()).contains("mail_dependency_changes_total"));
  }

  @Test
  void a_word_that_begins_like_a_metric_is_taken_for_one() {
    assertEquals(
        Set.of("mail_up", "mail_seen_total"),
        named(
            "`mail_up`, `mail_seen_total{to=\"down\"}`, `queue_id`, mail, `mail`",
            Set.of("mail_seen_total")));
  }

  /// The words that begin as one of these metrics does: `mail_`, `edge_`.
  private static Set<String> named(String text, Set<String> metrics) {
    var families = metrics.stream().map(MetricNamesTest::family).collect(toSet());
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(word -> families.contains(family(word)))
        .collect(toSet());
  }

  private static String family(String name) {
    return name.substring(0, name.indexOf('_'));
  }

  /// The names of all metrics that some process may show.
  private static Set<String> made() throws IOException {
    var names = new TreeSet<String>();
    for (var module : modules())
      for (var source : under(module.resolve("src/main/java"), 20, ".java"))
        names.addAll(made(Files.readString(source)));
    return names;
  }

  private static Set<String> made(String source) {
    return MADE.matcher(source).results().map(made -> made.group("name")).collect(toSet());
  }

  private static List<Path> pages() throws IOException {
    var pages = new ArrayList<>(under(ROOT, 1, ".md"));
    for (var module : modules()) pages.addAll(under(module, 1, ".md"));
    pages.addAll(under(ROOT.resolve("ops/runbooks"), 1, ".md"));
    return pages;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(folder -> Files.exists(folder.resolve("src/main/java"))).toList();
    }
  }

  private static List<Path> under(Path folder, int depth, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
