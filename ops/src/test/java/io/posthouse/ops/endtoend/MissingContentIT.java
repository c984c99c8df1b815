package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.ops.testbed.SmtpClient;
import java.io.IOException;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A message whose content is not retained any longer ends as a dead letter with that reason: never
/// in a loop, never as a bounce, and those behind it go on.
class MissingContentIT {
  private final Platform platform = Platform.shared();
  private final KafkaMailQueue queue =
      TestTopics.queue(platform.kafka(), Sending.DEFAULT, "edge-lost");

  @BeforeEach
  void open() {
    queue.start();
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void remote_mail_without_its_content_is_a_dead_letter_and_the_next_is_delivered()
      throws IOException {
    var domain = platform.remoteDomain("lost-content.test");
    var lost = put(Samples.remote("first@" + domain));
    var letter = awaitLetter(lost);
    assertTrue(letter.getString("reason").startsWith("content is gone: "), letter::toJson);
    assertEquals(List.of(), events(Role.DELIVER, lost, "bounced"));
    assertEquals(List.of(), events(Role.DELIVER, lost, "deferred"));

    SmtpClient.send(
        platform.smtp(), "a@client.test", "second@" + domain, SampleMessage.of("behind-lost"));
    Eventually.holds("the next is delivered", () -> isDelivered("behind-lost"));
  }

  @Test
  void local_mail_without_its_content_is_a_dead_letter_and_the_next_is_stored() throws IOException {
    var lena = platform.user("lena@local.test");
    var id =
        Document.parse(platform.run("user", "show", lena, "--format", "json").text())
            .getString("id");
    var lost = put(new Recipient(MailAddress.of(lena), new Destination.Local(new UserId(id))));
    var letter = awaitLetter(lost);
    assertTrue(letter.getString("reason").contains("a record of"), letter::toJson);

    SmtpClient.send(platform.smtp(), "a@client.test", lena, SampleMessage.of("behind-lost-local"));
    platform.raw(lena, 1);
    assertEquals(List.of(1), platform.uids(lena));
  }

  /// A message that refers to a record which is not its own any more.
  private String put(Recipient to) throws IOException {
    var somebody = platform.user("somebody-" + to.address().localPart() + "@local.test");
    SmtpClient.send(platform.smtp(), "a@client.test", somebody, SampleMessage.of("other"));
    var topic = platform.kafka().topics().local();
    var at = TestTopics.records(platform.kafka(), topic).getLast().position();
    var lost = Samples.message(new Content.InRecord(at, 1000), to);
    queue.put(lost).toCompletableFuture().join();
    return lost.queueId().text();
  }

  private Document awaitLetter(String queueId) {
    Eventually.holds("it is a dead letter", () -> letters(queueId).size() == 1);
    return letters(queueId).getFirst();
  }

  private List<Document> letters(String queueId) {
    return platform
        .run("dead", "list", "--format", "json")
        .text()
        .lines()
        .map(Document::parse)
        .filter(letter -> queueId.equals(letter.getString("queue_id")))
        .toList();
  }

  private List<Document> events(Role role, String queueId, String event) {
    return platform.role(role).events(queueId).stream()
        .filter(line -> event.equals(line.getString("event")))
        .toList();
  }

  private boolean isDelivered(String id) {
    return platform.world().messages().stream()
        .anyMatch(m -> SampleMessage.id(m.content().toArray()).filter(id::equals).isPresent());
  }
}
