package io.posthouse.delivery.attempt;

import io.posthouse.delivery.attempt.AddressRace.Winner;
import io.posthouse.delivery.breaker.Health;
import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Reach;
import io.posthouse.delivery.conversation.Transaction;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.MxHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// One host in one attempt: idle connections first, then races among the addresses that are left,
/// until nobody waits for an outcome any longer. Used by one thread.
final class HostTrial implements AddressRace.Field {
  private static final Health UNKNOWN = new Health.Unknown();
  private static final Duration WHOLE = Duration.ofHours(2);

  private final Delivery delivery;
  private final AddressTrial trial;
  private final Families families;
  private final Approach approach;
  private final List<MxHost> left;
  private final Deque<MxHost> upNext = new ArrayDeque<>();
  private final Map<MxHost, Way> racing = new HashMap<>();

  HostTrial(
      Delivery delivery,
      AddressTrial trial,
      Families families,
      Approach approach,
      List<MxHost> addresses) {
    this.delivery = delivery;
    this.trial = trial;
    this.families = families;
    this.approach = approach;
    this.left = new ArrayList<>(addresses);
  }

  void run() throws InterruptedException {
    overIdleConnections();
    while (!left.isEmpty() && !delivery.isOver()) {
      var winner = race();
      if (winner.isEmpty()) return;
      overNewConnection(winner.get());
    }
  }

  private void overIdleConnections() {
    for (var mx : List.copyOf(left)) {
      if (delivery.isOver()) return;
      // Even if the address is left alone: this connection works, and is free.
      var way = new Way(mx, Optional.empty(), delivery.family(mx, approach));
      if (converse(way, transaction -> idle(way, transaction))) left.remove(mx);
    }
  }

  private Optional<Heard> idle(Way way, Transaction transaction) {
    var heard = trial.overIdle(way.mx(), approach, transaction, delivery.visit());
    if (heard.isPresent()) way.talks();
    return heard;
  }

  private Optional<Winner> race() throws InterruptedException {
    upNext.clear();
    upNext.addAll(families.inTurn(left, delivery.first(left, approach)));
    Optional<Winner> winner = Optional.empty();
    try {
      winner =
          new AddressRace(trial.connections(), approach, families.stagger(), patience(), this)
              .run();
      return winner;
    } finally {
      winner.ifPresent(w -> left.remove(w.mx()));
      for (var way : racing.values())
        if (winner.isEmpty() || !winner.get().mx().equals(way.mx())) way.ended(UNKNOWN);
    }
  }

  /// Each connection has a time-out of its own besides.
  private Duration patience() {
    return delivery.wereSilent(left) ? families.afterSilence() : WHOLE;
  }

  private void overNewConnection(Winner winner) {
    var way = way(winner.mx());
    racing.clear();
    converse(
        way,
        transaction ->
            Optional.of(
                trial.over(
                    winner.connected(), winner.took(), transaction, delivery.visit(), way::talks)));
  }

  /// Portion by portion, the first as told, the others over the same connection if it lasts.
  ///
  /// @return whether there was anything to converse over
  private boolean converse(Way way, Function<Transaction, Optional<Heard>> first) {
    var health = UNKNOWN;
    try {
      var waiting = delivery.waiting();
      var portion = delivery.portion(waiting);
      var heard = first.apply(delivery.transaction(portion));
      while (heard.isPresent()) {
        health = heard.get().health();
        if (heard.get().dislikesUs()) way.isDisliked(heard.get().what());
        waiting = delivery.note(way.mx(), heard.get(), portion, rest(waiting, portion));
        if (waiting.isEmpty()) return true;
        portion = delivery.portion(waiting);
        heard =
            Optional.of(
                trial.send(way.mx(), approach, delivery.transaction(portion), delivery.visit()));
      }
      return false;
    } finally {
      way.ended(health);
    }
  }

  private static List<Recipient> rest(List<Recipient> waiting, List<Recipient> portion) {
    return waiting.subList(portion.size(), waiting.size());
  }

  @Override
  public Optional<MxHost> next() {
    while (!upNext.isEmpty()) {
      var mx = upNext.remove();
      var way = delivery.begin(mx, approach);
      if (way.isPresent()) {
        racing.put(mx, way.get());
        return Optional.of(mx);
      }
      left.remove(mx);
    }
    return Optional.empty();
  }

  @Override
  public void late(MxHost mx) {
    if (hasOtherFamily(mx))
      way(mx).isLate("no answer for " + families.stagger().toMillis() + " ms");
  }

  @Override
  public void failed(MxHost mx, Reach.Failed reach, Duration took) {
    left.remove(mx);
    if (reach instanceof Reach.Silent) delivery.isSilent(mx.family());
    var heard = trial.unreached(mx, delivery.envelope(), reach, took);
    if (reach instanceof Reach.NoRoad(var why)) way(mx).hasNoRoad(why);
    way(mx).ended(heard.health());
    var waiting = delivery.waiting();
    delivery.note(mx, heard, waiting, List.of());
  }

  @Override
  public void overtaken(MxHost mx, MxHost by, Duration after) {
    var why = by + " answered first, after " + after.toMillis() + " ms";
    if (mx.family() != by.family()) way(mx).isOvertaken(why);
    trial.overtaken(mx, delivery.envelope(), why, after);
  }

  private boolean hasOtherFamily(MxHost mx) {
    return left.stream().anyMatch(other -> other.family() != mx.family());
  }

  private Way way(MxHost mx) {
    return Objects.requireNonNull(racing.get(mx));
  }
}
