package io.posthouse.delivery.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.intake.Turnstile.Entry;
import io.posthouse.delivery.intake.Turnstile.Passage;
import io.posthouse.delivery.shaping.Answer.Reason;
import io.posthouse.delivery.shaping.Feedback;
import io.posthouse.delivery.shaping.Limits;
import io.posthouse.delivery.shaping.Reaction;
import io.posthouse.delivery.shaping.Reaction.Action;
import io.posthouse.delivery.shaping.Share;
import io.posthouse.delivery.shaping.SiteStanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private static final Instant READY = Instant.parse("2026-03-02T08:14:10Z");
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void everybody_who_waits_goes_in_the_end() throws InterruptedException {
    var turnstile = turnstile(100, LONG);
    var first = fill(turnstile, "slow.example", 5);
    var went = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 200; i++)
      threads.add(Thread.startVirtualThread(() -> goAndEnd(turnstile, "slow.example", went)));
    await().until(() -> standing(turnstile, "slow.example").waiting() == 200);
    first.forEach(passage -> passage.end(Feedback.WORKS, Duration.ofMillis(1)));
    for (var thread : threads) thread.join();
    assertEquals(200, went.get());
    assertEquals(0, turnstile.active());
    assertEquals(0, standing(turnstile, "slow.example").active());
  }

  @Test
  void sites_that_never_answer_leave_room_for_every_other() throws InterruptedException {
    var turnstile = turnstile(40, LONG);
    var stuck = new ConcurrentLinkedQueue<Passage>();
    var threads = new ArrayList<Thread>();
    for (int site = 0; site < 8; site++) {
      var name = "stuck" + site + ".example";
      for (int i = 0; i < 20; i++)
        threads.add(Thread.startVirtualThread(() -> stay(turnstile, name, stuck)));
    }
    // Eight windows of five would be all there is.
    await().until(() -> waiting(turnstile) + turnstile.active() == 160);
    assertTrue(turnstile.active() < 40, () -> turnstile.active() + " of 40");
    var went = new AtomicInteger();
    for (int i = 0; i < 100; i++) goAndEnd(turnstile, "fast" + i + ".example", went);
    assertEquals(100, went.get(), "while eight sites hold what they were given");
    threads.forEach(Thread::interrupt);
    for (var thread : threads) thread.join();
    stuck.forEach(passage -> passage.end(Feedback.NOTHING, Duration.ZERO));
    assertEquals(0, turnstile.active());
  }

  @Test
  void who_waits_for_a_site_that_is_suspended_is_put_aside_at_once() throws InterruptedException {
    var turnstile = turnstile(100, LONG);
    var under = fill(turnstile, "busy.example", 5);
    var answers = new ConcurrentLinkedQueue<Entry>();
    var thread = Thread.startVirtualThread(() -> answers.add(enter(turnstile, "busy.example")));
    await().until(() -> standing(turnstile, "busy.example").waiting() == 1);
    under.getFirst().react(new Reaction("rude", new Action.Suspend(Duration.ofMinutes(5))));
    thread.join();
    var aside = assertInstanceOf(Entry.PutAside.class, answers.poll()).aside();
    assertEquals(Reason.SUSPENDED, aside.reason());
    assertEquals("busy.example: suspended by rude", aside.why());
  }

  @Test
  void a_site_is_remembered_when_nobody_is_there() throws InterruptedException {
    var turnstile = turnstile(100, LONG);
    for (int i = 0; i < 3; i++) {
      for (var passage : fill(turnstile, "mx.example", 5))
        passage.end(Feedback.WORKS, Duration.ofMillis(1));
    }
    assertEquals(20, standing(turnstile, "mx.example").window());
  }

  @Test
  void who_is_interrupted_leaves_the_line() throws InterruptedException {
    var turnstile = turnstile(100, LONG);
    fill(turnstile, "busy.example", 5);
    var thread =
        Thread.startVirtualThread(
            () -> stay(turnstile, "busy.example", new ConcurrentLinkedQueue<>()));
    await().until(() -> standing(turnstile, "busy.example").waiting() == 1);
    thread.interrupt();
    thread.join();
    assertEquals(0, standing(turnstile, "busy.example").waiting());
  }

  @Test
  void a_worker_with_one_slot_uses_it() throws InterruptedException {
    var turnstile = turnstile(1, LONG);
    var went = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 50; i++) {
      var name = "site" + i % 7 + ".example";
      threads.add(Thread.startVirtualThread(() -> goAndEnd(turnstile, name, went)));
    }
    for (var thread : threads) assertTrue(thread.join(Duration.ofSeconds(30)));
    assertEquals(50, went.get());
  }

  @Test
  void a_line_for_a_slow_site_waits_while_there_is_room_and_not_where_long_messages_fill_it()
      throws InterruptedException {
    assertEquals(0, asideOfALine(32 << 20));
    assertTrue(asideOfALine(33 << 20) > 0, "33 of 64 MiB are held");
  }

  /// Of fifty that come to a site which has needed four seconds for each so far, with five of
  /// patience.
  private static long asideOfALine(long octets) throws InterruptedException {
    var nanos = new AtomicLong();
    var turnstile = new Turnstile(slots(100, Slots.SHORT_WAIT), () -> octets, nanos::get);
    fill(turnstile, "slow.example", 5);
    nanos.set(Duration.ofSeconds(4).toNanos());
    var aside = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 50; i++)
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              var entry = turnstile.enter(share("slow.example"), READY, () -> true);
              if (entry instanceof Entry.PutAside) aside.incrementAndGet();
            } catch (InterruptedException e) {
              // The end of the test.
            }
          }));
    await().until(() -> aside.get() + waiting(turnstile) == 50);
    var all = aside.get();
    threads.forEach(Thread::interrupt);
    for (var thread : threads) thread.join();
    return all;
  }

  private static Turnstile turnstile(int deliveries, Duration patience) {
    return new Turnstile(slots(deliveries, patience), () -> 0, System::nanoTime);
  }

  private static Slots slots(int deliveries, Duration patience) {
    return new Slots(deliveries, 2_000, 64 << 20, patience, Duration.ofMinutes(15), () -> 1);
  }

  private static List<Passage> fill(Turnstile turnstile, String site, int times)
      throws InterruptedException {
    var passages = new ArrayList<Passage>();
    for (int i = 0; i < times; i++)
      passages.add(
          assertInstanceOf(Entry.Admitted.class, turnstile.enter(share(site), READY, () -> true))
              .passage());
    return passages;
  }

  private static Entry enter(Turnstile turnstile, String site) {
    try {
      return turnstile.enter(share(site), READY, () -> true);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void goAndEnd(Turnstile turnstile, String site, AtomicInteger went) {
    if (enter(turnstile, site) instanceof Entry.Admitted(var passage)) {
      went.incrementAndGet();
      passage.end(Feedback.WORKS, Duration.ofMillis(1));
    }
  }

  private static void stay(Turnstile turnstile, String site, ConcurrentLinkedQueue<Passage> stuck) {
    try {
      if (turnstile.enter(share(site), READY, () -> true) instanceof Entry.Admitted(var passage))
        stuck.add(passage);
    } catch (InterruptedException e) {
      // The end of the test.
    }
  }

  private static int waiting(Turnstile turnstile) {
    return turnstile.standings().stream().mapToInt(SiteStanding::waiting).sum();
  }

  private static SiteStanding standing(Turnstile turnstile, String site) {
    return turnstile.standing(site).orElseThrow();
  }

  private static Share share(String site) {
    return new Share(site, Limits.DEFAULT);
  }
}
