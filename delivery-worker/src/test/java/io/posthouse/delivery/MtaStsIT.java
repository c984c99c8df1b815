package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.sts.PolicyServer;
import io.posthouse.dns.TestDns;
import io.posthouse.dns.TestDns.Fault;
import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.pki.TestAuthority;
import io.posthouse.queue.MailQueue.Put;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Policies of a real HTTPS server, kept with real handshakes.
class MtaStsIT {
  private static final TestAuthority AUTHORITY = TestAuthority.named("Test Root");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final ScriptedMx mx = ScriptedMx.start().tls(AUTHORITY.issue("mx.example.net").server());
  private final PolicyServer policies = PolicyServer.start(AUTHORITY.issue("mta-sts.example.net"));

  @BeforeEach
  void enforced() {
    publish("enforce", "*.example.net");
  }

  @AfterEach
  void stop() {
    mx.close();
    policies.close();
  }

  @Test
  void a_host_that_keeps_to_the_policy_gets_the_mail() {
    try (var worker = worker()) {
      worker.deliver(Samples.message(Samples.CAROL)).deliver(Samples.message(Samples.CAROL));
      assertEquals(2, mx.messages().size());
      assertEquals(2, found(worker, "enforced"));
      assertEquals(1, policies.questions());
    }
  }

  @Test
  void a_host_that_the_policy_does_not_name_is_not_even_connected_to() {
    publish("enforce", "mx.example.org");
    try (var worker = worker()) {
      assertDeferred(worker, "the policy of example.net does not name mx.example.net");
      assertEquals(0, mx.connections());
      assertEquals(1, found(worker, "not_named"));
    }
  }

  @Test
  void a_host_with_a_certificate_for_another_name_gets_nothing() {
    mx.tls(AUTHORITY.issue("elsewhere.example.net").server());
    try (var worker = worker()) {
      assertDeferred(worker, "");
    }
  }

  @Test
  void a_host_without_tls_gets_nothing_in_the_clear() {
    mx.on("EHLO", "250 mx.example.net");
    try (var worker = worker()) {
      assertDeferred(worker, "");
    }
  }

  @Test
  void a_policy_that_is_only_tested_keeps_nothing_back() {
    publish("testing", "mx.example.org");
    mx.tls(AUTHORITY.issue("elsewhere.example.net").server());
    try (var worker = worker()) {
      worker.deliver(Samples.message(Samples.CAROL));
      assertEquals(1, mx.messages().size());
      assertEquals(1, found(worker, "tested_not_named"));
    }
  }

  @Test
  void a_policy_that_was_never_seen_cannot_be_kept() {
    policies.close();
    try (var worker = worker()) {
      worker.deliver(Samples.message(Samples.CAROL)).deliver(Samples.message(Samples.CAROL));
      assertEquals(2, mx.messages().size());
      assertEquals(1, count(worker, "delivery_mta_sts_fetches_total", "result", "failed"));
    }
  }

  @Test
  void where_nobody_asks_for_policies_none_is_kept() {
    publish("enforce", "mx.example.org");
    try (var worker = worker("delivery.mta_sts.enabled=false")) {
      worker.deliver(Samples.message(Samples.CAROL));
      assertEquals(1, mx.messages().size());
      assertEquals(0, policies.questions());
    }
  }

  @Test
  void a_policy_outlives_the_worker_its_announcement_and_its_host() {
    try (var role = new RoleOnKafka(MtaStsIT.class, settings())) {
      world(role.dns);
      role.start();
      put(role);
      await().atMost(SOON).until(() -> mx.messages().size() == 1);
      role.stop();

      policies.close();
      role.dns.fault("_mta-sts.example.net", Fault.SERVFAIL);
      mx.tls(AUTHORITY.issue("elsewhere.example.net").server());
      role.start();
      put(role);
      await().atMost(SOON).until(() -> !role.events(MailEvent.Deferred.class).isEmpty());
      assertEquals(1, mx.messages().size());

      mx.tls(AUTHORITY.issue("mx.example.net").server());
      await().atMost(SOON).until(() -> mx.messages().size() == 2);
    }
  }

  private void assertDeferred(Worker worker, String why) {
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(0, mx.messages().size());
    var deferred = worker.events(MailEvent.Deferred.class).getFirst();
    assertTrue(deferred.evidence().status().toString().startsWith("4.7."), deferred.toString());
    assertTrue(deferred.toString().contains(why), deferred.toString());
    assertEquals(List.of(), worker.events(MailEvent.Bounced.class));
  }

  private void publish(String mode, String host) {
    policies.answer(
        "text/plain", "version: STSv1\nmode: %s\nmx: %s\nmax_age: 86400\n".formatted(mode, host));
  }

  private Worker worker(String... more) {
    var settings = new ArrayList<>(List.of(settings()));
    settings.addAll(List.of(more));
    var worker = new Worker(settings.toArray(String[]::new));
    world(worker.dns);
    return worker;
  }

  private String[] settings() {
    return new String[] {
      "delivery.port=" + mx.port(),
      "delivery.tls.authorities=" + AUTHORITY.write(folder.resolve("root.pem")),
      "delivery.mta_sts.port=" + policies.port()
    };
  }

  private static void world(TestDns dns) {
    dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    dns.txt("_mta-sts.example.net", "v=STSv1; id=1;").a("mta-sts.example.net", "127.0.0.1");
  }

  private static void put(RoleOnKafka role) {
    var put = role.queue.put(arrivedNow(Samples.message(Samples.CAROL)));
    assertInstanceOf(Put.Queued.class, put.toCompletableFuture().join());
  }

  /// As old as the queue's clock has it, or it would be expired.
  private static Envelope arrivedNow(Envelope e) {
    return Envelope.accepted(
        e.queueId(),
        e.reversePath(),
        e.returnTo(),
        e.recipients(),
        e.parameters(),
        e.client(),
        Instant.now(),
        e.trace(),
        e.content());
  }

  private static int found(Worker worker, String finding) {
    return count(
        worker,
        "delivery_tls_policies_total",
        new String[] {"kind", "finding"},
        "mta_sts",
        finding);
  }

  private static int count(Worker worker, String name, String label, String value) {
    return count(worker, name, new String[] {label}, value);
  }

  private static int count(Worker worker, String name, String[] labels, String... values) {
    return worker.metrics.registry().getSampleValue(name, labels, values).intValue();
  }
}
