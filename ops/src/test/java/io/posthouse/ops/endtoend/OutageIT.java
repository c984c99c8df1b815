package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.Mailboxes;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.ops.testbed.SmtpClient;
import io.posthouse.ops.testbed.StoppableCluster;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OutageIT {
  private static StoppableCluster cluster;
  private static Platform platform;
  private static Mailboxes mailboxes;

  @BeforeAll
  static void start() {
    cluster = new StoppableCluster();
    platform = new Platform(cluster.cluster());
    mailboxes = platform.mailboxes();
  }

  @AfterAll
  static void stop() {
    mailboxes.close();
    platform.close();
    cluster.close();
  }

  @Test
  void without_kafka_clients_are_told_to_come_back_and_with_it_all_goes_on() throws IOException {
    var emma = platform.user("emma@local.test");
    assertAccepted(send(emma, "before"));
    awaitStored("before");

    cluster.stopKafka();
    var refused = send(emma, "during");
    assertTrue(refused.startsWith("451 4.3.0"), refused);
    assertNotReady(Role.EDGE);

    cluster.startKafka();
    Eventually.holds("the edge accepts", () -> send(emma, "after").startsWith("250"));
    awaitStored("after");
    platform.role(Role.EDGE).awaitReady();
  }

  @Test
  void without_mongodb_mail_for_known_users_waits_and_is_stored_once_when_it_is_back()
      throws IOException {
    var fanny = platform.user("fanny@local.test");
    assertAccepted(send(fanny, "known"));
    awaitStored("known");

    cluster.stopMongo();
    for (int i = 0; i < 20; i++) assertAccepted(send(fanny, "waiting-" + i));
    var unknown = send("nobody-asked-before@local.test", "unknown");
    assertTrue(unknown.startsWith("451"), unknown);
    assertNotReady(Role.STORE);

    cluster.startMongo();
    for (int i = 0; i < 20; i++) awaitStored("waiting-" + i);
    platform.role(Role.STORE).awaitReady();
    assertEquals(IntStream.rangeClosed(1, 21).boxed().toList(), platform.uids(fanny));
  }

  private static String send(String to, String id) throws IOException {
    return SmtpClient.send(platform.smtp(), "x@client.test", to, SampleMessage.of(id));
  }

  private static void assertAccepted(String reply) {
    assertFalse(SmtpClient.queueId(reply).isEmpty());
  }

  private static void assertNotReady(Role role) {
    var http = platform.role(role).http();
    Eventually.holds(role + " is not ready", () -> !http.isReady());
    var why = http.get("/health/ready").body();
    assertTrue(why.startsWith("{"), why);
  }

  private static void awaitStored(String id) {
    Eventually.holds(id + " is stored", () -> mailboxes.ids().contains(id));
  }
}
