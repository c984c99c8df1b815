package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.world.Behaviour;
import io.posthouse.delivery.world.World;
import io.posthouse.message.Samples;
import io.posthouse.smtp.Family;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A hundred domains with hosts of their own, some of them dead: the others do not notice.
class DeadHostsIT {
  private static final int DOMAINS = 100;

  /// Every third or so, each in its own way.
  private static final List<Behaviour> WAYS_TO_BE_DEAD =
      List.of(Behaviour.REFUSED, Behaviour.SILENT, Behaviour.RESET, Behaviour.GREETING_421);

  private final World world = new World();
  private final Worker worker =
      new Worker(
          "delivery.port=" + world.port(),
          "delivery.concurrency=50",
          // Whoever waits for this one waits for longer than the test.
          "delivery.timeouts.greeting=60s");

  @AfterEach
  void stop() {
    worker.close();
    world.close();
  }

  @Test
  void ipv6_that_leads_nowhere_costs_a_few_messages_of_a_hundred_domains_a_quarter_of_a_second() {
    world.put("::1", Behaviour.BLACKHOLE);
    for (int n = 0; n < DOMAINS; n++) {
      world.put(address(n), Behaviour.GOOD);
      World.announce(worker.dns, domain(n), 10, "mx." + domain(n), "::1", address(n));
    }
    for (int n = 0; n < DOMAINS; n++)
      worker.deliver(Samples.message(Samples.remote("x@" + domain(n))));
    assertEquals(DOMAINS, worker.events(MailEvent.Delivered.class).size());
    var races =
        worker.events(MailEvent.Attempted.class).stream()
            .filter(e -> e.mx().family() == Family.IPV6)
            .count();
    // With 250 ms each, eight of them are one connect time-out here.
    assertTrue(races <= 8, () -> races + " messages waited for IPv6");
  }

  @Test
  void thirty_dead_hosts_of_a_hundred_do_not_touch_the_mail_of_the_others() {
    for (int n = 0; n < DOMAINS; n++) {
      world.put(address(n), isDead(n) ? WAYS_TO_BE_DEAD.get(n % 4) : Behaviour.GOOD);
      World.announce(worker.dns, domain(n), 10, "mx." + domain(n), address(n));
    }
    for (int i = 0; i < 10; i++)
      for (int n = 0; n < DOMAINS; n++)
        worker.queue.put(Samples.message(Samples.remote(i + "@" + domain(n))));
    await().atMost(Duration.ofSeconds(30)).until(() -> deliveredToTheLiving() == 700);
    for (var e : worker.events(MailEvent.Deferred.class))
      assertTrue(isDead(number(e.to().domain().name())), e::toString);
  }

  @Test
  void what_is_left_alone_is_put_aside_all_at_once() {
    world.put(address(0), Behaviour.REFUSED);
    World.announce(worker.dns, domain(0), 10, "mx." + domain(0), address(0));
    var message = Samples.message(Samples.remote("x@" + domain(0)));
    for (int i = 0; i < 20; i++) worker.deliver(message);
    var before = leftAlone();
    assertTrue(before > 0);
    worker.queue.hold();
    for (int i = 0; i < 50; i++) worker.take(message);
    // Nobody waits for the answer that another waits for, nor is put aside for having waited.
    await().atMost(Duration.ofSeconds(30)).until(() -> worker.queue.held() == 50);
    assertEquals(before + 50, leftAlone());
    worker.queue.release();
    worker.awaitSettled();
  }

  private double leftAlone() {
    return worker.metric("delivery_postponed_total", "reason", "left_alone");
  }

  private long deliveredToTheLiving() {
    return worker.events(MailEvent.Delivered.class).stream().filter(e -> e.attempt() == 1).count();
  }

  private static boolean isDead(int n) {
    return n % 10 < 3;
  }

  private static String domain(int n) {
    return "d" + n + ".example";
  }

  private static int number(String domain) {
    return Integer.parseInt(domain.substring(1, domain.indexOf('.')));
  }

  private static String address(int n) {
    return "127.0.9." + (n + 1);
  }
}
