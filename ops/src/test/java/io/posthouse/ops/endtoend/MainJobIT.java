package io.posthouse.ops.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Arrived;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.ops.testbed.SmtpClient;
import io.posthouse.smtp.ScriptedMx;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class MainJobIT {
  private final Platform platform = Platform.shared();

  @Test
  void a_message_for_a_local_user_is_in_the_mailbox_octet_by_octet() throws IOException {
    var anna = platform.user("anna@local.test");
    var sent = SampleMessage.of("local");

    var id = SmtpClient.queueId(send("someone@client.test", List.of(anna), sent));

    var trace = String.join("\n", Arrived.intact(sent, platform.raw(anna, 1)));
    assertTrue(trace.contains("Return-Path: <someone@client.test>"), trace);
    assertTrue(trace.contains(id), trace);
  }

  @Test
  void a_host_that_is_dead_over_ipv6_gets_its_mail_over_ipv4_in_the_same_attempt()
      throws IOException {
    // Nobody listens at ::1 on the world's port.
    platform.dns().mx("half.test", 10, "mx.half.test");
    platform.dns().aaaa("mx.half.test", "::1").a("mx.half.test", "127.0.0.1");
    var sent = SampleMessage.of("half-dead");

    var id = SmtpClient.queueId(send("someone@client.test", List.of("x@half.test"), sent));

    Arrived.intact(sent, awaitMessage("half-dead").content().toArray());
    Eventually.holds("the delivery is logged", () -> !events(id, "delivered").isEmpty());
    assertEquals(1, events(id, "delivered").getFirst().getInteger("attempt"));
    assertEquals(List.of(), events(id, "deferred"));
  }

  @Test
  void a_message_for_several_domains_reaches_each_recipient_once() throws IOException {
    var berta = platform.user("berta@local.test");
    var one = "one@" + platform.remoteDomain("first.test");
    var two = "two@" + platform.remoteDomain("second.test");
    var sent = SampleMessage.of("mixed");

    assertQueued(send("someone@client.test", List.of(one, berta, two), sent));

    Arrived.intact(sent, platform.raw(berta, 1));
    Eventually.holds("both hosts have it", () -> messages("mixed").size() >= 2);
    assertEquals(
        List.of("<one@first.test>", "<two@second.test>"),
        messages("mixed").stream().flatMap(m -> m.to().stream()).sorted().toList());
    assertEquals(List.of(1), platform.uids(berta));
  }

  @Test
  void a_host_that_says_later_is_asked_again_on_schedule() throws IOException {
    var slow = "slow@" + platform.remoteDomain("later.test");
    platform.world().once("RCPT TO:<slow@", "451 4.2.0 later");
    platform.world().once("RCPT TO:<slow@", "451 4.2.0 later");
    var sent = SampleMessage.of("later");
    var before = Instant.now();

    var id = SmtpClient.queueId(send("someone@client.test", List.of(slow), sent));

    Arrived.intact(sent, awaitMessage("later").content().toArray());
    Eventually.holds("the delivery is logged", () -> !events(id, "delivered").isEmpty());
    var deferred = events(id, "deferred");
    assertEquals(2, deferred.size());
    // The schedule of this platform begins with 2 s and 3 s; each may be a little longer. A wait
    // begins before its event is written, so it is counted from what came before the attempt.
    var first = at(deferred.get(0), "retry_at");
    var second = at(deferred.get(1), "retry_at");
    assertFalse(first.isBefore(before.plusSeconds(2)), deferred::toString);
    assertFalse(second.isBefore(first.plusSeconds(3)), deferred::toString);
    var delivered = events(id, "delivered").getFirst();
    assertEquals(3, delivered.getInteger("attempt"));
    assertFalse(at(delivered, "at").isBefore(second));
  }

  @Test
  void a_refusal_for_good_is_reported_to_the_sender() throws IOException {
    var carla = platform.user("carla@local.test");
    var nobody = "nobody@" + platform.remoteDomain("refusing.test");
    platform.world().on("RCPT TO:<nobody@", "550 5.1.1 nobody of that name");

    assertQueued(send(carla, List.of(nobody), SampleMessage.of("refused")));

    var report = new String(platform.raw(carla, 1), ISO_8859_1);
    assertTrue(report.contains("Return-Path: <>"), report);
    for (var part :
        List.of(
            "multipart/report",
            "Final-Recipient: rfc822;",
            "nobody@refusing.test",
            "Action: failed",
            "Status: 5.1.1",
            "nobody of that name",
            "Message-ID: <refused@e2e.test>")) assertTrue(report.contains(part), part + report);
  }

  @Test
  void a_stranger_in_a_local_domain_is_refused_at_once() throws IOException {
    platform.user("doris@local.test");
    var reply = send("someone@client.test", List.of("stranger@local.test"), new byte[0]);
    assertTrue(reply.startsWith("550 5.1.1"), reply);
  }

  private String send(String from, List<String> to, byte[] content) throws IOException {
    try (var client = new SmtpClient(platform.smtp())) {
      return client.send(from, to, content);
    }
  }

  private static void assertQueued(String reply) {
    assertFalse(SmtpClient.queueId(reply).isEmpty());
  }

  private ScriptedMx.Message awaitMessage(String id) {
    Eventually.holds("the MX host has " + id, () -> !messages(id).isEmpty());
    return messages(id).getFirst();
  }

  private List<ScriptedMx.Message> messages(String id) {
    return platform.world().messages().stream()
        .filter(
            message -> SampleMessage.id(message.content().toArray()).filter(id::equals).isPresent())
        .toList();
  }

  private List<Document> events(String queueId, String event) {
    return platform.role(Role.DELIVER).events(queueId).stream()
        .filter(line -> event.equals(line.getString("event")))
        .toList();
  }

  private static Instant at(Document event, String key) {
    return Instant.parse(event.getString(key));
  }
}
