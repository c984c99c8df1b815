package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.world.EximPeer;
import io.posthouse.delivery.world.World;
import io.posthouse.message.Samples;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.TlsReport;
import io.posthouse.telemetry.TlsState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// TLS with Exim, whose GnuTLS was written by somebody else; nobody vouches for its certificate.
class StartTlsPeerIT {
  private static final String ADDRESS = "127.0.25.2";

  private final World world = new World();
  private final EximPeer exim = new EximPeer(ADDRESS, world.port());

  @AfterEach
  void stop() {
    exim.close();
    world.close();
  }

  @Test
  void any_certificate_will_do_where_tls_must_be() {
    try (var worker = worker("encrypted")) {
      worker.deliver(Samples.message(Samples.CAROL));
      await().atMost(Duration.ofSeconds(30)).until(() -> exim.mails().size() == 1);
      assertEquals(TlsState.ENCRYPTED, report(worker).use().state());
    }
  }

  @Test
  void a_certificate_nobody_vouches_for_gets_nothing_where_it_must_be_verified() {
    try (var worker = worker("verified")) {
      worker.deliver(Samples.message(Samples.CAROL));
      assertEquals(TlsState.TOO_WEAK, report(worker).use().state());
      var deferred = worker.events(MailEvent.Deferred.class).getFirst();
      assertEquals("4.7.5", deferred.evidence().status().toString());
      assertEquals(0, exim.mails().size());
    }
  }

  private Worker worker(String level) {
    var worker =
        new Worker("delivery.port=" + world.port(), "delivery.tls.policies.\"*\".level=" + level);
    World.announce(worker.dns, "example.net", 10, "mx.example.net", ADDRESS);
    return worker;
  }

  private static TlsReport report(Worker worker) {
    return worker.events(MailEvent.Attempted.class).getFirst().tls().orElseThrow();
  }
}
