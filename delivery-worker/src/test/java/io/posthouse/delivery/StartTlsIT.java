package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.message.Samples;
import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestAuthority.Span;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Result;
import io.posthouse.telemetry.TlsFailure;
import io.posthouse.telemetry.TlsState;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real handshakes, good and broken.
class StartTlsIT {
  private static final TestAuthority AUTHORITY = TestAuthority.named("Test Root");

  @TempDir Path folder;
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
    var tls = worker.events(MailEvent.Attempted.class).stream().map(e -> e.tls().orElseThrow());
    assertEquals(
        List.of("ENCRYPTED TLSv1.3 false", "ENCRYPTED TLSv1.3 true"),
        tls.map(t ->
                t.use().state() + " " + t.use().facts().orElseThrow().version() + " " + t.reused())
            .toList());
  }

  @Test
  void broken_tls_costs_one_connection_and_not_one_for_each_message() throws Exception {
    toLiveHost();
    mx.tls(withoutCertificate());
    worker.deliver(Samples.message(Samples.CAROL)).deliver(Samples.message(Samples.CAROL));
    assertEquals(2, mx.messages().size());
    assertEquals(2, mx.connections());
    assertEquals(0, worker.events(MailEvent.Deferred.class).size());
    var clear = worker.events(MailEvent.Attempted.class).getFirst().tls().orElseThrow().use();
    assertEquals(TlsState.CLEAR, clear.state());
    assertEquals(TlsFailure.VALIDATION_FAILURE, clear.shortfall().orElseThrow().type());
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

  @Test
  void a_host_whose_certificate_is_not_good_enough_gets_nothing_and_the_next_one_does() {
    mx.tls(AUTHORITY.issue("mx.example.net").server());
    try (var one = ScriptedMx.startAt("127.0.0.2", mx.port())) {
      for (var bad :
          List.of(
              AUTHORITY.issue("elsewhere.example"),
              AUTHORITY.issue(Span.PAST, "one.example.net"),
              TestAuthority.named("Somebody").issue("one.example.net")))
        toTheNext(one.tls(bad.server()));
      assertTrue(one.commands().stream().noneMatch(c -> c.startsWith("MAIL")));
    }
    assertEquals(3, mx.messages().size());
  }

  private void toTheNext(ScriptedMx one) {
    try (var careful = careful("verified")) {
      careful.dns.mx("example.net", 10, "one.example.net");
      careful.dns.a("one.example.net", one.address().getHostString());
      careful.dns.mx("example.net", 20, "mx.example.net").a("mx.example.net", "127.0.0.1");
      careful.deliver(Samples.message(Samples.CAROL));
      assertEquals(List.of(Result.TLS_FAILED, Result.ACCEPTED), results(careful));
    }
  }

  @Test
  void where_no_host_gives_the_tls_it_must_the_message_waits() {
    mx.on("EHLO", "250 mx.example.net");
    for (var level : List.of("encrypted", "verified", "dane_only")) {
      try (var careful = careful(level)) {
        careful.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
        careful.deliver(Samples.message(Samples.CAROL));
        var deferred = careful.events(MailEvent.Deferred.class).getFirst();
        assertTrue(deferred.evidence().status().toString().startsWith("4.7."), level);
        assertEquals(0, careful.events(MailEvent.Bounced.class).size());
      }
    }
    assertEquals(0, mx.messages().size());
  }

  @Test
  void what_requires_tls_goes_to_a_host_that_proves_its_name_and_requires_it_too() {
    mx.tls(AUTHORITY.issue("mx.example.net").server());
    try (var careful = careful("policy")) {
      // No MX records: nobody could have forged them.
      careful.dns.a("example.net", "127.0.0.1");
      careful.deliver(requiringTls());
      assertEquals(
          "4.7.5", careful.events(MailEvent.Deferred.class).getFirst().evidence().status() + "");

      mx.tls(AUTHORITY.issue("example.net").server());
      careful.deliver(requiringTls());
      assertEquals("5.7.30", careful.bounces(Samples.CAROL).getFirst().evidence().status() + "");
      mx.on("EHLO", "250-mx.example.net", "250-STARTTLS", "250 REQUIRETLS");
    }
    try (var careful = careful("policy")) {
      careful.dns.a("example.net", "127.0.0.1");
      careful.deliver(requiringTls());
      var mail = mx.commands().stream().filter(c -> c.startsWith("MAIL")).toList();
      assertEquals(List.of("MAIL FROM:<sender@example.com> REQUIRETLS"), mail);
      assertEquals(1, mx.messages().size());
    }
  }

  private static Envelope requiringTls() {
    var parameters =
        new MailParameters(Body.SEVEN_BIT, false, Optional.empty(), Optional.empty(), true);
    return Samples.declaring(parameters, Samples.message(Samples.CAROL));
  }

  /// Trusts our authority alone.
  private Worker careful(String level) {
    return new Worker(
        "delivery.port=" + mx.port(),
        // It is about certificates, not about time.
        "delivery.timeouts.tls=20s",
        "delivery.timeouts.greeting=20s",
        "delivery.tls.authorities=" + AUTHORITY.write(folder.resolve("root.pem")),
        "delivery.tls.policies.\"example.net\".level=" + level);
  }

  private static List<Result> results(Worker worker) {
    return worker.events(MailEvent.Attempted.class).stream()
        .map(MailEvent.Attempted::result)
        .toList();
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
