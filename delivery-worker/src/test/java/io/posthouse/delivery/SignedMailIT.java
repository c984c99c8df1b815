package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.dkim.Signer;
import io.posthouse.dkim.Signing;
import io.posthouse.dkim.SigningWorld;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Samples;
import io.posthouse.smtp.ScriptedMx;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What was signed once leaves as it was signed, whenever it leaves.
class SignedMailIT {
  private static final String CONTENT =
      "From: bob@example.net\r\nSubject: dots  \r\n\r\n.\r\n..two\r\nblanks \t\r\n\r\n\r\n";

  private final ScriptedMx mx = ScriptedMx.start();
  private final SigningWorld world = new SigningWorld().with("example.net", "RSA", "Ed25519");
  private final Worker worker = new Worker("delivery.port=" + mx.port());

  @AfterEach
  void close() {
    worker.close();
    mx.close();
  }

  @Test
  void a_signature_is_good_where_it_arrives() {
    toLiveHost();
    worker.deliver(signed());
    assertGood();
  }

  @Test
  void it_is_so_after_a_deferral_with_the_same_octets() {
    toLiveHost();
    mx.on(ScriptedMx.CONTENT, "451 4.3.0 not now");
    var message = signed();
    worker.deliver(message);
    mx.forget();
    worker.whenDue("retry.1m");
    assertEquals(message.trace().then(Octets.utf8(CONTENT)), mx.messages().getFirst().content());
    assertGood();
  }

  @Test
  void a_notice_is_signed_where_it_arrives() {
    world.with("example.org", "RSA");
    try (var signing = Worker.signing(world.signer(), "delivery.port=" + mx.port())) {
      signing.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
      signing.dns.mx("example.com", 10, "mx.example.net");
      mx.on("RCPT TO:<carol", "550 5.1.1 No such user");
      signing.deliver(Samples.message(Samples.CAROL));
    }
    var notice = text(mx.messages().getFirst());
    assertTrue(notice.contains("d=example.org;"), notice);
    assertTrue(world.isGood(notice, 1), notice);
  }

  private Envelope signed() {
    var message = Samples.message(Samples.text(CONTENT), Samples.CAROL);
    var signer = world.signer();
    var passing = signer.begin();
    var octets = ((Content.Inline) message.content()).octets().toArray();
    passing.take(octets, 0, octets.length);
    return switch (signer.sign(passing, message.trace(), Signer.Permission.ANY)) {
      case Signing.Signed(var lines) -> message.preceded(lines);
      case Signing.Unsigned(var reason) -> throw new AssertionError(reason);
      case Signing.NotNow(var why) -> throw new AssertionError(why);
    };
  }

  private void toLiveHost() {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
  }

  private void assertGood() {
    assertEquals(1, mx.messages().size());
    var arrived = text(mx.messages().getFirst());
    assertTrue(world.isGood(arrived, 2), arrived);
  }

  private static String text(ScriptedMx.Message message) {
    return new String(message.content().toArray(), StandardCharsets.UTF_8);
  }
}
