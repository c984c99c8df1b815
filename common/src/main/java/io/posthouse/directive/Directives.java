package io.posthouse.directive;

import io.posthouse.directive.Part.Fate;
import io.posthouse.message.Envelope;
import io.posthouse.message.Orders;
import io.posthouse.message.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All directives, in the order of their numbers, which is the same for everybody. Never changes:
/// with one more it is another one.
public final class Directives {
  public static final Directives NONE = new Directives(List.of());

  private final List<Numbered> inOrder;
  private final Map<String, Instant> undone;
  private final Reach reach;

  /// One of them.
  ///
  /// @param number greater than that of any directive before it
  public record Numbered(long number, Directive directive) {}

  private Directives(List<Numbered> inOrder) {
    this.inOrder = inOrder;
    undone = undone(inOrder);
    reach = Reach.of(inOrder, this::reach);
  }

  /// All of these.
  ///
  /// @param inOrder of their numbers
  public static Directives of(List<Numbered> inOrder) {
    return inOrder.isEmpty() ? NONE : new Directives(List.copyOf(inOrder));
  }

  /// These and one more; the same where it is known already.
  public Directives with(long number, Directive directive) {
    if (number <= newest()) return this;
    var more = new ArrayList<>(inOrder);
    more.add(new Numbered(number, directive));
    return of(more);
  }

  private static Map<String, Instant> undone(List<Numbered> inOrder) {
    var undone = new HashMap<String, Instant>();
    for (var next : inOrder)
      if (next.directive().act() instanceof Act.Undo(var id))
        undone.putIfAbsent(id, next.directive().at());
    return undone;
  }

  /// The number of the last one, or [Orders#NEVER].
  public long newest() {
    return inOrder.isEmpty() ? Orders.NEVER : inOrder.getLast().number();
  }

  public List<Numbered> inOrder() {
    return inOrder;
  }

  public Optional<Directive> find(String id) {
    return inOrder.stream().map(Numbered::directive).filter(d -> d.id().equals(id)).findFirst();
  }

  /// Up to when a directive touches what arrives; its own time if it touches nothing that does.
  public Instant end(Directive directive) {
    var until = directive.until().orElse(directive.at());
    var cut = undone.getOrDefault(directive.id(), until);
    return cut.isBefore(until) ? cut : until;
  }

  /// Up to when a message can have arrived that a directive touches, wherever it is.
  public Instant reach(Directive directive) {
    var end = end(directive);
    return end.isAfter(directive.at()) ? end : directive.at();
  }

  /// Those that may touch what arrived at an instant, in order.
  List<Numbered> reaching(Instant arrived) {
    return reach.over(arrived);
  }

  /// What is ordered about a message: all of its recipients, each in one part. Those of whom
  /// nothing is ordered come last.
  ///
  /// What directives up to a number make of a message in a place never changes: neither by later
  /// ones, nor by when one looks.
  ///
  /// @param upTo number of the last directive that counts
  public List<Part> parts(Sighting sighting, long upTo) {
    var envelope = sighting.envelope();
    if (isBeyondOrders(envelope, upTo)) return List.of(Part.untouched(envelope));
    var reaching = reaching(envelope.arrived());
    if (reaching.isEmpty()) return List.of(Part.untouched(envelope));
    var judged = new LinkedHashMap<Judgement, List<Recipient>>();
    for (var recipient : envelope.recipients())
      judged
          .computeIfAbsent(judge(reaching, sighting, recipient, upTo), _ -> new ArrayList<>())
          .add(recipient);
    var rest = judged.remove(Judgement.NONE);
    var parts = new ArrayList<Part>();
    judged.forEach((judgement, some) -> parts.add(judgement.part(envelope.forRecipients(some))));
    if (rest != null) parts.add(Part.untouched(envelope.forRecipients(rest)));
    return parts;
  }

  /// The recipients of whom directives up to a number order nothing.
  public Optional<Envelope> untouched(Sighting sighting, long upTo) {
    return parts(sighting, upTo).stream()
        .filter(part -> !part.isTouched())
        .map(Part::envelope)
        .findFirst();
  }

  private static boolean isBeyondOrders(Envelope envelope, long upTo) {
    return envelope.orders().seen() >= upTo || envelope.orders().ending().isPresent();
  }

  private Judgement judge(
      List<Numbered> reaching, Sighting sighting, Recipient recipient, long upTo) {
    var one = sighting.of(sighting.envelope().forRecipients(List.of(recipient)));
    var judge = new Judge(one, recipient.destination());
    for (var next : reaching) {
      if (next.number() > upTo || judge.isEnded()) break;
      if (next.number() > one.envelope().orders().seen() && means(next.directive(), one))
        judge.hear(next);
    }
    return judge.judgement();
  }

  /// Whether a message is among those that a directive is about.
  private boolean means(Directive directive, Sighting one) {
    var end = one.isInHand() ? end(directive) : directive.at();
    var envelope = one.envelope();
    if (envelope.arrived().isAfter(end)) return false;
    // What was said later is not what the operator saw.
    var late = !envelope.attempts().isEmpty() && envelope.attempts().getLast().at().isAfter(end);
    return directive.filter().matches(late ? envelope.asOf(end) : envelope, directive.at());
  }

  /// What is ordered about a recipient.
  record Judgement(Fate fate, Orders orders, List<Directive> by) {
    static final Judgement NONE = new Judgement(Fate.AS_IT_WAS, Orders.NONE, List.of());

    Part part(Envelope envelope) {
      return new Part(envelope.ordered(orders), fate, by);
    }
  }
}
