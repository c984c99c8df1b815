package io.posthouse.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.directive.Act;
import io.posthouse.message.NextHop;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `ops/runbooks/events.md` tells an operator is what happens.
class EventsRunbookTest {
  private static final Pattern SECTION =
      Pattern.compile(
          "## (?<name>\\w+)\n.*?Counters?: (?<counters>`[^\n]+`)\n\n```json\n(?<line>[^\n]+)\n```",
          Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\"event\":\"(\\w+)\"");

  record Section(List<String> counters, String line) {}

  @Test
  void every_case_is_a_section_of_the_runbook_and_the_other_way_round() throws IOException {
    assertEquals(
        cases(MailEvent.class).map(EventsRunbookTest::name).collect(toSet()), runbook().keySet());
  }

  @Test
  void every_case_has_a_sample() {
    assertEquals(
        cases(MailEvent.class).collect(toSet()), samples().map(Object::getClass).collect(toSet()));
  }

  static Stream<MailEvent> samples() {
    return EventSamples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_line_and_the_counter_are_those_of_the_runbook(MailEvent event) throws IOException {
    var metrics = new Metrics();
    var lines = new ArrayList<String>();
    var recorder =
        new EventRecorder(
            "edge-1",
            () -> EventSamples.AT,
            metrics,
            (_, json) -> lines.add(new String(json, UTF_8)));

    recorder.record(event);

    var line = lines.getFirst();
    var section = Objects.requireNonNull(runbook().get(name(event.getClass())));
    var name = NAME.matcher(line);
    assertTrue(name.find(), line);
    assertEquals(name(event.getClass()), name.group(1));
    assertEquals(section.line(), line);
    assertEquals(
        section.counters().stream().map(counter -> counter + " 1.0").sorted().toList(),
        moved(metrics));
  }

  @Test
  void where_mail_is_sent_is_told_with_the_order() {
    var elsewhere = new Act.Reroute(NextHop.parse("mail.example.org:2525").orElseThrow());
    var lines = new ArrayList<String>();
    var recorder =
        new EventRecorder(
            "edge-1",
            () -> EventSamples.AT,
            new Metrics(),
            (_, json) -> lines.add(new String(json, UTF_8)));
    recorder.record(
        new MailEvent.DirectiveGiven("reroute-1", elsewhere, "all", Optional.empty(), "olga", ""));
    recorder.record(
        new MailEvent.Directed(EventSamples.ID, List.of(), elsewhere, "reroute-1", "olga", ""));
    for (var line : lines)
      assertTrue(line.contains("\"act\":\"reroute\",\"next_hop\":\"mail.example.org:2525\""), line);
    assertEquals(2, lines.size());
  }

  /// All counters that are not at zero.
  private static List<String> moved(Metrics metrics) throws IOException {
    var text = new StringWriter();
    TextFormat.writeOpenMetrics100(text, metrics.registry().metricFamilySamples());
    return text.toString().lines().filter(l -> l.matches("\\w+_total.* [^0].*")).sorted().toList();
  }

  /// Written `a`, `b`.
  private static List<String> counters(String written) {
    return List.of(written.substring(1, written.length() - 1).split("`, `"));
  }

  private static Stream<Class<?>> cases(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventsRunbookTest::cases)
        : Stream.of(type);
  }

  private static String name(Class<?> event) {
    return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Section> runbook() throws IOException {
    var file = Path.of(System.getProperty("posthouse.root", ".."), "ops/runbooks/events.md");
    var sections = new LinkedHashMap<String, Section>();
    var found = SECTION.matcher(Files.readString(file));
    while (found.find())
      sections.put(
          found.group("name"), new Section(counters(found.group("counters")), found.group("line")));
    return sections;
  }
}
