package io.posthouse.ops.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.QueueId;
import io.posthouse.message.Samples;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.telemetry.EventTexts;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TraceIT {
  private static final KafkaCluster CLUSTER = TestTopics.create(TraceIT.class);
  private static final QueueId ID = Samples.queueId();
  private static final QueueId DSN = ID.derived("dsn");
  private static final QueueId OTHER = Samples.queueId();

  private static final String ACCEPTED =
      line(
          "08:00:00",
          "edge-1",
          "accepted",
          ID,
          "\"message_id\":\"<1@example.com>\",\"from\":\"ann@example.com\","
              + "\"to\":[\"bob@example.net\",\"carol@example.org\"],"
              + "\"client\":\"192.0.2.7\",\"helo\":\"laptop\",\"user\":\"ann\",\"tls\":\"TLSv1.3 TLS_AES_128_GCM_SHA256\","
              + "\"checks\":[\"size=pass\",\"ownership=observe:553 5.7.1\","
              + "\"relay=pass carol@example.org\"]");
  private static final String ATTEMPTED =
      line(
          "08:00:01",
          "worker-2",
          "attempted",
          ID,
          "\"mx\":\"mx1.example.net\",\"result\":\"refused\",\"said\":\"550 5.1.1 no\",\"took_ms\":150");
  private static final String BOUNCED =
      line(
          "08:00:02",
          "worker-2",
          "bounced",
          ID,
          "\"to\":\"bob@example.net\",\"dsn\":\"" + DSN + "\"");
  private static final String DSN_STORED =
      line("08:00:03", "writer-1", "stored", DSN, "\"mailbox\":\"INBOX\",\"uid\":17");
  private static final String UNBRACKETED = "\"message_id\":\"3@example.com\",\"from\":\"<>\"";
  private static final String REFUSED =
      "{\"at\":\"2026-03-02T07:00:00.000Z\",\"node\":\"edge-2\",\"event\":\"refused\","
          + "\"stage\":\"rcpt\",\"check\":\"dnsbl\",\"client\":\"192.0.2.9\","
          + "\"from\":\"ann@example.com\",\"to\":\"bob@example.net\"}";

  @BeforeAll
  static void record() {
    var sink = new KafkaEventSink(CLUSTER, new Metrics());
    sink.start();
    for (var event : List.of(ACCEPTED, ATTEMPTED, BOUNCED)) put(sink, Optional.of(ID), event);
    put(sink, Optional.of(DSN), DSN_STORED);
    put(sink, Optional.of(OTHER), line("09:00:00", "edge-1", "accepted", OTHER, UNBRACKETED));
    put(sink, Optional.empty(), REFUSED);
    put(sink, Optional.empty(), "no event at all");
    sink.drain(Duration.ofSeconds(20));
  }

  @Test
  void a_queue_id_tells_the_life_of_its_message_and_of_what_came_of_it() {
    var life = trace(ID.text(), "--format", "json");
    assertEquals(0, life.exitCode(), life.errors());
    assertEquals(List.of(ACCEPTED, ATTEMPTED, BOUNCED, DSN_STORED), life.text().lines().toList());
  }

  @Test
  void an_operator_reads_one_event_a_line() {
    var text = trace(ID.text()).text();
    assertTrue(
        text.startsWith(ID + "\nat                        node      event      what\n"), text);
    assertTrue(
        text.contains(
            "2026-03-02T08:00:01.000Z  worker-2  attempted  mx=mx1.example.net  result=refused"
                + "  said=550 5.1.1 no  took_ms=150\n"),
        text);
    assertTrue(text.contains("to=bob@example.net,carol@example.org"), text);
    assertTrue(text.contains("\n\n" + DSN + "\n"), text);
  }

  @Test
  void what_was_accepted_tells_who_brought_it_and_the_checks_it_passed() {
    var text = trace(ID.text()).text();
    assertTrue(
        text.contains(
            "client=192.0.2.7  helo=laptop  user=ann  tls=TLSv1.3 TLS_AES_128_GCM_SHA256"
                + "  checks=size=pass,ownership=observe:553 5.7.1,relay=pass carol@example.org\n"),
        text);
    var accepted = trace(ID.text(), "--format", "json").text().lines().toList().getFirst();
    assertEquals(
        List.of("size=pass", "ownership=observe:553 5.7.1", "relay=pass carol@example.org"),
        EventTexts.all(accepted, "checks"));
  }

  @Test
  void a_message_id_finds_it_with_and_without_its_brackets() {
    assertEquals(4, trace("<1@example.com>", "--format", "json").text().lines().count());
    assertEquals(4, trace("1@example.com", "--format", "json").text().lines().count());
    assertEquals(1, trace("<2@example.com>").exitCode());
  }

  @Test
  void a_message_id_that_came_without_brackets_is_found_and_shown_as_it_came() {
    assertTrue(trace("<3@example.com>").text().contains("message_id=3@example.com  "));
    assertTrue(trace("3@example.com").text().startsWith(OTHER.text()));
  }

  @Test
  void a_sender_and_a_recipient_find_what_was_accepted_and_what_was_refused() {
    var both =
        trace(
                "--sender",
                "ann@example.com",
                "--recipient",
                "@example.net",
                "--since",
                "1h",
                "--format",
                "json")
            .text();
    assertEquals(List.of(REFUSED, ACCEPTED, ATTEMPTED, BOUNCED, DSN_STORED), both.lines().toList());
    assertTrue(both.contains("\"check\":\"dnsbl\""), both);
    var carol = trace("--recipient", "carol@example.org", "--format", "json").text();
    assertFalse(carol.contains("dnsbl"), carol);
    assertTrue(trace("--sender", "<>").text().startsWith(OTHER.text()));
  }

  @Test
  void what_lies_outside_the_time_is_not_looked_at() {
    assertEquals(1, trace("--sender", "ann@example.com", "--until", "1d").exitCode());
    assertEquals(
        1, trace("1@example.com", "--since", "2020-01-01T00:00:00Z", "--until", "2h").exitCode());
  }

  @Test
  void what_nobody_knows_wrong_usage_and_a_cluster_that_is_away_are_told() {
    var unknown = trace(Samples.queueId().text());
    assertEquals(1, unknown.exitCode());
    assertTrue(unknown.errors().contains("nothing is known of it"), unknown.errors());
    assertEquals(2, trace().exitCode());
    assertEquals(2, trace(ID.text(), "--sender", "ann@example.com").exitCode());
    assertEquals(2, trace("--sender", "ann").exitCode());
    assertEquals(2, trace("--sender", "<>", "--since", "yesterday").exitCode());
    assertEquals(2, trace("--sender", "<>", "--since", "1h", "--until", "2h").exitCode());
    assertEquals(3, trace(ID.text(), "--set", "kafka.partitions=none").exitCode());
    var away =
        CommandRun.of(
            "trace",
            ID.text(),
            "--bootstrap",
            "127.0.0.1:1",
            "--set",
            "kafka.client={default.api.timeout.ms: \"300\", request.timeout.ms: \"300\"}");
    assertEquals(4, away.exitCode(), away.errors());
  }

  private static String line(String time, String node, String event, QueueId id, String rest) {
    return "{\"at\":\"2026-03-02T%s.000Z\",\"node\":\"%s\",\"event\":\"%s\",\"queue_id\":\"%s\",%s}"
        .formatted(time, node, event, id, rest);
  }

  private static void put(KafkaEventSink sink, Optional<QueueId> about, String json) {
    sink.put(about, json.getBytes(UTF_8));
  }

  private static Ended trace(String... arguments) {
    return TraceRun.of(CLUSTER, arguments);
  }
}
