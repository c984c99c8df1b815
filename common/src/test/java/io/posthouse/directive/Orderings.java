package io.posthouse.directive;

import io.posthouse.address.Domain;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.Place;
import io.posthouse.queue.QueueFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Directives and messages for tests: the samples arrive, an hour later somebody gives orders.
public final class Orderings {
  public static final Instant AT = Samples.ARRIVED.plus(Duration.ofHours(1));

  private Orderings() {}

  public static Directive directive(String id, Act act, QueueFilter filter) {
    return new Directive(id, act, filter, AT, Optional.empty(), "as you asked", "olga");
  }

  public static Directive directive(Act act) {
    return directive(act.kind().word() + "-1", act, QueueFilter.EVERYTHING);
  }

  public static Directive until(Act act, Instant end) {
    var id = act.kind().word() + "-2";
    return new Directive(
        id, act, QueueFilter.EVERYTHING, AT, Optional.of(end), "as you asked", "olga");
  }

  /// Numbered from 1 on.
  public static Directives table(Directive... directives) {
    var table = Directives.NONE;
    for (int i = 0; i < directives.length; i++) table = table.with(i + 1, directives[i]);
    return table;
  }

  public static QueueFilter domain(String name) {
    return QueueFilter.of(new Criterion.To(new Domain(name)));
  }

  /// A message that was tried once.
  public static Envelope tried(String said, Recipient... to) {
    var at = Samples.ARRIVED.plusSeconds(1);
    return light(to).deferred(new Attempt(at, "worker-1", "", said), at.plusSeconds(60));
  }

  /// A message whose content lies elsewhere.
  public static Envelope light(Recipient... to) {
    return Samples.message(new Content.InRecord(new RecordPosition("remote", 0, 42), 100), to);
  }

  static Sighting sighting(Envelope envelope, Place place) {
    return new Sighting(envelope, place, Samples.ARRIVED.plusSeconds(2));
  }
}
