package io.posthouse.ops.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.UserId;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.ops.Ended;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.EventRecorder;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import io.posthouse.telemetry.Stage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Messages for more recipients than an event names, and refusals by the thousand.
class LongListsIT {
  private static final KafkaCluster CLUSTER = TestTopics.create(LongListsIT.class);
  private static final QueueId DELIVERED = Samples.queueId();
  private static final QueueId STORED = Samples.queueId();
  private static final QueueId SPARED = Samples.queueId();
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.9");
  private static final Evidence TAKEN =
      new Evidence.Replied(
          new MxHost("mx1.example.net", CLIENT, 25), Reply.of(250, "2.0.0", "Ok: queued as 4XyZ"));

  @BeforeAll
  static void record() {
    var sink = new KafkaEventSink(CLUSTER, new Metrics());
    sink.start();
    var events = new EventRecorder("edge-1", () -> Samples.ARRIVED, new Metrics(), sink);
    events.record(accepted(DELIVERED, "list", 130));
    members(130).forEach(member -> events.record(delivered(DELIVERED, member)));
    events.record(accepted(STORED, "news", 101));
    events.record(stored(STORED));
    IntStream.range(0, 1_001).forEach(_ -> events.record(refused()));
    events.record(accepted(SPARED, "spared", 1));
    sink.drain(Duration.ofSeconds(30));
  }

  @Test
  void a_recipient_beyond_the_first_hundred_is_found_by_what_became_of_the_message() {
    var life = trace("--sender", "list@example.com", "--recipient", "member129@example.org");
    assertEquals(0, life.exitCode(), life.errors());
    assertTrue(life.text().startsWith(DELIVERED.text()), life.text());
    assertTrue(life.text().contains("to=member129@example.org"), life.text());
    assertFalse(life.text().contains("perhaps"), life.text());
  }

  @Test
  void a_message_of_which_all_recipients_are_known_is_for_nobody_else() {
    var life = trace("--sender", "list@example.com", "--recipient", "bob@example.net");
    assertEquals(1, life.exitCode(), life.text());
    assertTrue(life.errors().contains("nothing is known of it"), life.errors());
  }

  @Test
  void where_no_event_names_all_recipients_the_message_is_shown_as_one_that_may_be_it() {
    var life = trace("--sender", "news@example.com", "--recipient", "member100@example.org");
    assertEquals(0, life.exitCode(), life.errors());
    assertTrue(life.text().startsWith("perhaps\nat "), life.text());
    assertTrue(life.text().contains(STORED + "  news@example.com"), life.text());
    assertTrue(
        life.errors().contains("as no event names all their recipients: 1\n"), life.errors());
    var json = trace("--sender", "news@example.com", "--recipient", "bob@h", "--format", "json");
    assertTrue(json.text().contains("\"recipients\":101"), json.text());
    assertEquals(1, json.text().lines().count());
  }

  @Test
  void refusals_by_the_thousand_are_cut_and_what_was_accepted_is_told() {
    for (var format : List.of("table", "json")) {
      var life = trace("--recipient", "member0@example.org", "--format", format);
      assertTrue(life.text().contains(SPARED.text()), life.errors());
      assertTrue(
          life.errors().contains("there are more than 1,000 refusals; narrow the search"),
          life.errors());
      assertFalse(life.errors().contains("messages; narrow"), life.errors());
    }
  }

  private static MailEvent accepted(QueueId id, String sender, int recipients) {
    var to = members(recipients).map(m -> Samples.remote(m.toString())).toArray(Recipient[]::new);
    var from = new ReversePath.Sender(MailAddress.of(sender + "@example.com"));
    var text = Samples.text("Subject: hello\r\n\r\nHello.\r\n");
    return new MailEvent.Accepted(
        Samples.from(from, Samples.message(id, text, to)), Optional.empty());
  }

  private static MailEvent delivered(QueueId id, MailAddress to) {
    return new MailEvent.Delivered(id, to, TAKEN, 1, Duration.ofMillis(212));
  }

  private static MailEvent stored(QueueId id) {
    var user = new UserId("65f0c0ffee65f0c0ffee0001");
    return new MailEvent.Stored(id, user, "INBOX", 17, 2345, false, Duration.ofMillis(9));
  }

  private static MailEvent refused() {
    return new MailEvent.Refused(
        Stage.RCPT,
        "dnsbl",
        Reply.of(554, "5.7.1", "Listed"),
        new MailEvent.Peer(CLIENT, "mail.example.org", "mx"),
        Optional.empty(),
        Optional.of(MailAddress.of("member0@example.org")));
  }

  private static Stream<MailAddress> members(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> MailAddress.of("member%d@example.org".formatted(i)));
  }

  private static Ended trace(String... arguments) {
    return TraceRun.of(CLUSTER, arguments);
  }
}
