package io.posthouse.delivery.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.shaping.Rate;
import io.posthouse.delivery.shaping.Reaction;
import io.posthouse.delivery.shaping.Reaction.Action;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.Reply;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReactingTest {
  private static final MxHost MX =
      new MxHost("mx.example.net", InetAddress.ofLiteral("192.0.2.1"), 25);
  private static final Evidence SAID = new Evidence.Replied(MX, Reply.of(450, "4.2.1", "Later"));
  private static final Judged LATER = new Judged(new Deferred(Scope.RECIPIENT, SAID), false);
  private static final Judged NEVER = new Judged(new Failed(Scope.RECIPIENT, SAID), true);

  @Test
  void who_is_refused_goes_the_way_of_the_table() {
    assertEquals(
        new Judged(new Failed(Scope.RECIPIENT, SAID), true), to(LATER, new Action.Bounce()));
    assertEquals(
        new Judged(new Deferred(Scope.RECIPIENT, SAID), true), to(NEVER, new Action.Defer()));
    assertEquals(
        new Judged(new Failed(Scope.RECIPIENT, SAID), false), to(NEVER, new Action.Elsewhere()));
  }

  @Test
  void what_is_done_to_a_site_changes_nothing_for_recipients() {
    var minute = Duration.ofMinutes(1);
    assertEquals(NEVER, to(NEVER, new Action.Slow(Rate.UNLIMITED, minute)));
    assertEquals(LATER, to(LATER, new Action.Suspend(minute)));
    assertEquals(LATER, Reacting.to(LATER, Optional.empty()));
  }

  @Test
  void a_greeting_bounces_nobody_whatever_the_table_says() {
    var refused = Hearing.refused(MX, Reply.of(554, "5.7.1", "Go away"));
    assertEquals(refused, Reacting.to(refused, reaction(new Action.Bounce())));
    var deferred = Reacting.to(refused, reaction(new Action.Defer()));
    assertEquals(Optional.of(true), deferred.rest().map(Judged::last), "no other address now");
  }

  private static Judged to(Judged judged, Action action) {
    return Reacting.to(judged, reaction(action));
  }

  private static Optional<Reaction> reaction(Action action) {
    return Optional.of(new Reaction("test", action));
  }
}
