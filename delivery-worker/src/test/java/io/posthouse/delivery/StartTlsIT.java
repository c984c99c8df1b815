package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Samples;
import io.posthouse.pki.TestAuthority;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real handshakes, good and broken.
class StartTlsIT {
  private static final TestAuthority AUTHORITY = TestAuthority.named("Test Root");

  private final ScriptedMx mx = ScriptedMx.start();
  private final Worker worker = new Worker("delivery.port=" + mx.port());

  @AfterEach
  void stop() {
    worker.close();
    mx.close();
  }

  @Test
  void mail_goes_inside_tls_where_the_host_offers_it() {
    toLiveHost();
    mx.tls(AUTHORITY.issue("mx.example.net").server());
    worker.deliver(Samples.message(Samples.CAROL)).deliver(Samples.message(Samples.CAROL));
    assertEquals(2, mx.messages().size());
    assertEquals(1, mx.connections());
    assertEquals(2, mx.commands().stream().filter(c -> c.startsWith("EHLO")).count());
  }

  @Test
  void broken_tls_costs_one_connection_and_not_one_for_each_message() throws Exception {
    toLiveHost();
    mx.tls(withoutCertificate());
    worker.deliver(Samples.message(Samples.CAROL)).deliver(Samples.message(Samples.CAROL));
    assertEquals(2, mx.messages().size());
    assertEquals(2, mx.connections());
    assertEquals(0, worker.events(MailEvent.Deferred.class).size());
  }

  @Test
  void a_handshake_that_does_not_end_is_left_in_time() {
    toLiveHost();
    // It says that it is ready, and then waits for the end of a line.
    mx.on("EHLO", "250-mx.example.net", "250 STARTTLS").on("STARTTLS", "220 go ahead");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, mx.messages().size());
    assertEquals(2, mx.connections());
  }

  /// Nobody can agree with it on anything.
  private static SSLContext withoutCertificate() throws GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    return context;
  }

  private void toLiveHost() {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
  }
}
