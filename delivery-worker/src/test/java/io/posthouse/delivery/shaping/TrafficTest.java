package io.posthouse.delivery.shaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.delivery.shaping.Answer.Aside;
import io.posthouse.delivery.shaping.Answer.Go;
import io.posthouse.delivery.shaping.Answer.Reason;
import io.posthouse.delivery.shaping.Answer.Wait;
import io.posthouse.delivery.shaping.Reaction.Action;
import io.posthouse.delivery.shaping.Traffic.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Room ROOMY = new Room(1, 1_000, 1_000, false, true);
  private static final Instant READY = Instant.parse("2026-03-02T08:14:10Z");

  private long now = -SECOND.toNanos();
  private long number;
  private Traffic traffic = traffic(Limits.DEFAULT);

  @Test
  void so_many_go_and_the_others_wait_for_their_turn() {
    for (int i = 0; i < 5; i++) assertInstanceOf(Go.class, ask(ticket()));
    var next = ticket();
    assertEquals(new Wait(SECOND.toNanos()), ask(next));
    end(Feedback.NOTHING, SECOND);
    assertInstanceOf(Go.class, ask(next));
  }

  @Test
  void where_places_are_few_a_site_that_has_not_answered_keeps_few_of_them() {
    for (int i = 0; i < 5; i++) ask(ticket());
    var early = new ArrayList<Ticket>();
    for (int i = 0; i < 100; i++) early.add(ticket());
    assertTrue(early.stream().allMatch(ticket -> ask(ticket) instanceof Wait));
    var crowded = new Room(1, 1_000, 160, true, true);
    assertTrue(
        early.stream().allMatch(ticket -> traffic.ask(ticket, now, crowded) instanceof Wait),
        "it may answer in a moment");
    later(SECOND.plusMillis(1));
    early.removeIf(ticket -> traffic.ask(ticket, now, crowded) instanceof Aside);
    assertEquals(10, early.size(), "one place in sixteen");
    end(Feedback.WORKS, SECOND);
    for (int i = 0; i < 50; i++) early.add(ticket());
    assertTrue(
        early.stream().noneMatch(ticket -> traffic.ask(ticket, now, crowded) instanceof Aside),
        "it answers");
  }

  @Test
  void a_site_that_has_not_answered_takes_a_small_part_of_the_deliveries_that_are_free() {
    var room = new Room(1, 40, 1_000, false, true);
    assertInstanceOf(Go.class, traffic.ask(ticket(), now, room));
    assertInstanceOf(Go.class, traffic.ask(ticket(), now, room));
    var third = ticket();
    assertInstanceOf(Wait.class, traffic.ask(third, now, room));
    end(Feedback.WORKS, SECOND);
    assertInstanceOf(Go.class, traffic.ask(third, now, room));
    for (int i = 0; i < 4; i++) assertInstanceOf(Go.class, traffic.ask(ticket(), now, room));
  }

  @Test
  void who_is_ready_longest_goes_first() {
    for (int i = 0; i < 5; i++) ask(ticket());
    var young = ticket(READY.plusSeconds(1));
    var old = ticket(READY);
    ask(young);
    ask(old);
    assertEquals(Optional.of(old), traffic.head());
    end(Feedback.NOTHING, SECOND);
    assertInstanceOf(Wait.class, ask(young));
    assertInstanceOf(Go.class, ask(old));
  }

  @Test
  void a_site_that_answers_after_half_a_minute_keeps_only_those_waiting_whose_turn_is_near() {
    for (int i = 0; i < 5; i++) ask(ticket());
    later(Duration.ofSeconds(30));
    for (int i = 0; i < 5; i++) end(Feedback.FAILS, Duration.ofSeconds(30));
    var went = 0;
    var waiting = new ArrayList<Ticket>();
    var aside = 0;
    for (int i = 0; i < 100; i++) {
      var ticket = ticket();
      switch (ask(ticket)) {
        case Go() -> went++;
        case Wait _ -> waiting.add(ticket);
        case Aside _ -> aside++;
      }
    }
    assertEquals(3, went, "the window after a cohort of failures");
    assertEquals(0, waiting.size(), "10 s from one free slot to the next");
    assertEquals(97, aside);
  }

  @Test
  void a_site_that_has_stopped_answering_is_known_for_it_before_anything_ends() {
    for (int i = 0; i < 5; i++) ask(ticket());
    assertInstanceOf(Wait.class, ask(ticket()));
    later(Duration.ofSeconds(1000));
    assertEquals(Reason.SLOTS, aside(ask(ticket())).reason());
  }

  @Test
  void a_fast_site_lets_thousands_wait_that_go_within_the_patience() {
    for (int i = 0; i < 5; i++) ask(ticket());
    end(Feedback.WORKS, Duration.ofMillis(10));
    while (ask(ticket()) instanceof Go) assertTrue(traffic.standing(now, 1).active() <= 20);
    for (int i = 0; i < 2_000; i++) assertInstanceOf(Wait.class, ask(ticket()));
  }

  @Test
  void a_first_answer_that_takes_its_time_puts_nobody_aside_while_there_is_room() {
    for (int i = 0; i < 5; i++) ask(ticket());
    end(Feedback.WORKS, SECOND);
    while (ask(ticket()) instanceof Go) assertTrue(traffic.standing(now, 1).active() <= 20);
    var line = new ArrayList<Ticket>();
    for (int i = 0; i < 500; i++) line.add(ticket());
    assertTrue(line.stream().allMatch(ticket -> ask(ticket) instanceof Wait));
    var crowded = new Room(1, 1_000, 400, true, true);
    var late = traffic.ask(line.getLast(), now, crowded);
    assertEquals(Reason.SLOTS, aside(late).reason(), "others need its place");
  }

  @Test
  void nobody_waits_longer_than_the_patience() {
    for (int i = 0; i < 5; i++) ask(ticket());
    var unlucky = ticket();
    assertInstanceOf(Wait.class, ask(unlucky));
    later(PATIENCE);
    assertEquals(Reason.SLOTS, aside(ask(unlucky)).reason());
    assertEquals(Optional.empty(), traffic.head());
  }

  @Test
  void those_put_aside_are_spread_by_the_pace_of_the_site_and_in_order() {
    for (int i = 0; i < 5; i++) ask(ticket());
    later(Duration.ofSeconds(40));
    for (int i = 0; i < 5; i++) end(Feedback.WORKS, Duration.ofSeconds(40));
    while (!(ask(ticket()) instanceof Aside)) assertTrue(traffic.standing(now, 1).active() <= 20);
    var last = Duration.ZERO;
    for (int i = 0; i < 1_000; i++) {
      var time = aside(ask(ticket())).time();
      assertTrue(time.compareTo(last) >= 0 && time.compareTo(LONGEST) <= 0, time::toString);
      last = time;
    }
    assertEquals(LONGEST, last, "a backlog of hours comes back four times an hour");
  }

  @Test
  void a_message_rate_lets_one_go_at_a_time_and_puts_aside_who_would_wait_long() {
    traffic = traffic(rates("1/1s", "unlimited"));
    assertInstanceOf(Go.class, ask(ticket()));
    var next = ticket();
    var wait = assertInstanceOf(Wait.class, ask(next));
    assertTrue(wait.nanos() <= SECOND.toNanos());
    for (int i = 0; i < 4; i++) assertInstanceOf(Wait.class, ask(ticket()));
    assertEquals(Reason.RATE, aside(ask(ticket())).reason());
    later(SECOND);
    assertInstanceOf(Go.class, ask(next));
  }

  @Test
  void workers_share_a_message_rate() {
    traffic = traffic(rates("2/1s", "unlimited"));
    var went = 0;
    for (int i = 0; i < 1_000; i++) {
      var ticket = ticket();
      if (traffic.ask(ticket, now, new Room(4, 100, 1_000, false, true)) instanceof Go) {
        went++;
        end(Feedback.WORKS, Duration.ZERO);
      }
      traffic.leave(ticket);
      later(Duration.ofMillis(100));
    }
    assertEquals(50, went, 1, "a quarter of 200");
  }

  @Test
  void a_connection_rate_lets_those_pass_who_need_no_new_one() {
    traffic = traffic(rates("unlimited", "1/1m"));
    assertInstanceOf(Go.class, traffic.ask(ticket(), now, new Room(1, 100, 1_000, false, false)));
    traffic.connected(now);
    var aside = aside(traffic.ask(ticket(), now, new Room(1, 100, 1_000, false, false)));
    assertEquals(Reason.RATE, aside.reason());
    assertTrue(aside.why().contains("connection rate 1/1m"), aside.why());
    assertInstanceOf(Go.class, traffic.ask(ticket(), now, new Room(1, 100, 1_000, false, true)));
    later(Duration.ofMinutes(1));
    assertInstanceOf(Go.class, traffic.ask(ticket(), now, new Room(1, 100, 1_000, false, false)));
  }

  @Test
  void a_suspended_site_gets_nothing_until_its_time_is_over() {
    var waiting = ticket();
    for (int i = 0; i < 5; i++) ask(ticket());
    ask(waiting);
    traffic.react(reaction(new Action.Suspend(Duration.ofMinutes(5))), now);
    var aside = aside(ask(waiting));
    assertEquals(Reason.SUSPENDED, aside.reason());
    assertTrue(aside.time().compareTo(Duration.ofMinutes(5)) >= 0, "not before it ends");
    for (int i = 0; i < 5; i++) end(Feedback.WORKS, SECOND);
    assertEquals(Optional.of("too-many"), traffic.standing(now, 1).suspendedBy());
    later(Duration.ofMinutes(5));
    assertInstanceOf(Go.class, ask(ticket()));
  }

  @Test
  void a_site_is_slowed_down_for_a_while() {
    for (int i = 0; i < 15; i++) {
      ask(ticket());
      end(Feedback.WORKS, SECOND);
    }
    traffic.react(reaction(new Action.Slow(Rate.parse("1/1m"), Duration.ofMinutes(10))), now);
    assertEquals(10, traffic.standing(now, 1).window(), "half of 20");
    ask(ticket());
    var aside = aside(ask(ticket()));
    assertEquals(Reason.RATE, aside.reason());
    assertTrue(aside.why().contains("slowed down to 1/1m by too-many"), aside.why());
    later(Duration.ofMinutes(10));
    for (int i = 0; i < 9; i++) assertInstanceOf(Go.class, ask(ticket()));
  }

  @Test
  void where_only_the_worker_is_busy_the_next_one_waits_as_long_as_it_takes() {
    var full = new Room(1, 0, 1_000, false, true);
    var ticket = ticket();
    assertInstanceOf(Wait.class, traffic.ask(ticket, now, full));
    assertTrue(traffic.wantsMore(full));
    later(Duration.ofHours(1));
    assertInstanceOf(Wait.class, traffic.ask(ticket, now, full));
    assertInstanceOf(Go.class, ask(ticket));
  }

  @Test
  void a_limit_of_the_cluster_is_shared_by_its_workers() {
    traffic =
        new Traffic(
            new Share(
                "mx",
                new Overrides(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Limit<>(6, "test")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                    .over(Limits.DEFAULT)),
            LONGEST,
            3);
    var room = new Room(3, 100, 1_000, false, true);
    assertInstanceOf(Go.class, traffic.ask(ticket(), now, room));
    assertInstanceOf(Go.class, traffic.ask(ticket(), now, room));
    assertInstanceOf(Wait.class, traffic.ask(ticket(), now, room));
  }

  private Answer ask(Ticket ticket) {
    return traffic.ask(ticket, now, ROOMY);
  }

  private void end(Feedback feedback, Duration took) {
    traffic.ended(feedback, took.toNanos(), 1);
  }

  private void later(Duration time) {
    now += time.toNanos();
  }

  private Ticket ticket() {
    return ticket(READY);
  }

  private Ticket ticket(Instant ready) {
    return new Ticket(ready, number++, now + PATIENCE.toNanos());
  }

  private static Aside aside(Answer answer) {
    return assertInstanceOf(Aside.class, answer);
  }

  private static Reaction reaction(Action action) {
    return new Reaction("too-many", action);
  }

  private static Traffic traffic(Limits limits) {
    return new Traffic(new Share("mx.example.net:25", limits), LONGEST, 1);
  }

  private static Limits rates(String messages, String connections) {
    return new Overrides(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Limit<>(Rate.parse(connections), "test")),
            Optional.of(new Limit<>(Rate.parse(messages), "test")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .over(Limits.DEFAULT);
  }
}
