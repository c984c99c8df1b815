package io.posthouse.ops.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.cli.LocalPorts;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.SampleMessage;
import io.posthouse.ops.testbed.SmtpClient;
import io.posthouse.ops.testbed.TrustingTls;
import io.posthouse.ops.testbed.UpProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class UpIT {
  private static final String ALICE = "alice@example.test";
  private static final String BOB = "bob@example.test";

  private final UpProcess up = UpProcess.shared();

  @Test
  void it_says_where_it_listens_and_that_it_is_for_evaluation() {
    var said = up.said();
    for (var port :
        List.of(
            LocalPorts.SMTP,
            LocalPorts.SUBMISSION,
            LocalPorts.SUBMISSIONS,
            LocalPorts.LMTP,
            LocalPorts.HTTP,
            LocalPorts.KAFKA,
            LocalPorts.MONGODB))
      assertTrue(said.contains(String.valueOf(up.port(port))), port + " in " + said);
    assertTrue(said.contains("evaluation"), said);
    assertTrue(said.contains("kafka.bootstrap") && said.contains("mongodb.uri"), said);
  }

  @Test
  void it_tells_how_it_is_over_http() {
    assertEquals(200, up.http().get("/health/live").statusCode());
    var ready = up.http().get("/health/ready");
    assertEquals(200, ready.statusCode());
    assertTrue(Document.parse(ready.body()) != null, ready.body());
    var metrics = up.http().get("/metrics").body();
    for (var name : List.of("mail_accepted_total", "mail_stored_total", "mail_delivered_total"))
      assertTrue(metrics.contains("# TYPE " + name), name + " in " + metrics);
  }

  @Test
  void a_message_for_bob_and_the_world_is_in_his_mailbox_and_in_the_demo_inbox()
      throws IOException {
    try (var client = new SmtpClient(up.at(LocalPorts.SMTP))) {
      var to = List.of(BOB, "someone@elsewhere.test");
      SmtpClient.queueId(client.send(ALICE, to, SampleMessage.of("demo")));
    }

    Eventually.holds("bob has it", () -> shown(BOB).contains("Subject: end to end demo"));
    Eventually.holds("the world has mail", () -> inbox().contains("someone@elsewhere.test"));
  }

  @Test
  void alice_logs_in_over_tls_and_her_message_goes_out() throws Exception {
    var password =
        Files.readAllLines(up.data().resolve("demo-passwords")).stream()
            .filter(line -> line.startsWith(ALICE + " "))
            .map(line -> line.substring(ALICE.length() + 1))
            .findFirst()
            .orElseThrow();
    assertTrue(up.said().contains(password), "the password is printed too");
    var credentials = ("\0" + ALICE + "\0" + password).getBytes(UTF_8);
    try (var client = new SmtpClient(TrustingTls.connect(up.at(LocalPorts.SUBMISSIONS)), "EHLO")) {
      var reply = client.ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(credentials));
      assertTrue(reply.startsWith("235"), reply);
      SmtpClient.queueId(
          client.send(ALICE, List.of("friend@away.test"), SampleMessage.of("submitted")));
    }
    Eventually.holds("her friend has mail", () -> inbox().contains("friend@away.test"));
  }

  @Test
  void over_lmtp_each_recipient_has_a_reply_of_its_own() throws IOException {
    var server = up.at(LocalPorts.LMTP);
    try (var client = new SmtpClient(new Socket(server.host(), server.port()), "LHLO")) {
      client.ask("MAIL FROM:<" + ALICE + ">");
      assertTrue(client.ask("RCPT TO:<" + BOB + ">").startsWith("250"));
      assertTrue(client.ask("RCPT TO:<nobody@example.test>").startsWith("550 5.1.1"));
      assertTrue(client.ask("RCPT TO:<" + ALICE + ">").startsWith("250"));
      client.ask("DATA");
      assertTrue(client.content(SampleMessage.of("lmtp")).startsWith("250"));
      assertTrue(client.reply().startsWith("250"));
    }
    Eventually.holds("alice has mail", () -> !up.uids(ALICE).isEmpty());
  }

  private String shown(String user) {
    return up.uids(user).stream()
        .map(uid -> up.run("mailbox", "show", user, "--uid", String.valueOf(uid)).text())
        .collect(Collectors.joining("\n"));
  }

  private String inbox() {
    var inbox = up.run("demo", "inbox");
    assertEquals(0, inbox.exitCode(), inbox.errors());
    return inbox.text();
  }
}
