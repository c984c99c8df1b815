package io.posthouse.ops.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClients;
import io.posthouse.dkim.SigningWorld;
import io.posthouse.ops.cli.LocalPorts;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.SmtpClient;
import io.posthouse.ops.testbed.TrustingTls;
import io.posthouse.ops.testbed.UpProcess;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// From a login to the host of somebody else, through all processes' real parts: signed with a key
/// of the directory.
class SignedMailIT {
  private static final String SAM = "sam@signed.test";
  private static final String FRIEND = "friend@signed-away.test";
  private static final byte[] CONTENT =
      """
      From: Sam <sam@signed.test>
      Subject: signed  twice  spaced

      .
      ..two dots, and blanks at the end \t

      """
          .replace("\n", "\r\n")
          .getBytes(US_ASCII);

  private final UpProcess up = UpProcess.shared();
  private final SigningWorld world = new SigningWorld().with("signed.test", "RSA");

  @Test
  void what_a_user_sends_arrives_with_a_good_signature() throws Exception {
    addKey();
    assertEquals(0, up.run("user", "add", SAM, "--password", "secret").exitCode());
    send();
    Eventually.holds("the friend has mail", () -> inbox().isPresent());
    var raw = up.run("demo", "inbox", "--raw", inbox().orElseThrow()).text();
    assertTrue(world.isGood(raw, 1), raw);
  }

  private void addKey() {
    var mongodb = "mongodb://" + up.at(LocalPorts.MONGODB);
    try (var client = MongoClients.create(mongodb)) {
      client
          .getDatabase("posthouse")
          .getCollection("dkim")
          .insertOne(
              new Document("domain", "signed.test")
                  .append("selector", SigningWorld.key("RSA").selector())
                  .append("privateKey", SigningWorld.pem("RSA")));
    }
  }

  private void send() throws Exception {
    var credentials = ("\0" + SAM + "\0secret").getBytes(UTF_8);
    try (var client = new SmtpClient(TrustingTls.connect(up.at(LocalPorts.SUBMISSIONS)), "EHLO")) {
      var reply = client.ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(credentials));
      assertTrue(reply.startsWith("235"), reply);
      SmtpClient.queueId(client.send(SAM, List.of(FRIEND), CONTENT));
    }
  }

  /// The id of the mail.
  private Optional<String> inbox() {
    return up.run("demo", "inbox", "--format", "json")
        .text()
        .lines()
        .map(Document::parse)
        .filter(mail -> FRIEND.equals(mail.getString("to")))
        .map(mail -> mail.getString("id"))
        .findFirst();
  }
}
