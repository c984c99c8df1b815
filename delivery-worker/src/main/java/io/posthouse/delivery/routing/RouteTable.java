package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.pattern.DomainPatterns;
import io.posthouse.delivery.pattern.DomainPatterns.Match;
import io.posthouse.delivery.pattern.SenderPatterns;
import java.util.Map;
import java.util.Optional;

/// The operator's routes, by the domain of the recipient and by the sender.
///
/// What names the recipient's domain, or one above it, counts before what is said of the sender,
/// and that before what is said of all recipients: as in Postfix, where `transport_maps` counts
/// before `sender_dependent_relayhost_maps`, and that before `relayhost`.
public final class RouteTable {
  /// No routes: everything goes by MX.
  public static final RouteTable EMPTY = new RouteTable(Map.of(), Map.of());

  private final DomainPatterns<Directions> byRecipient;
  private final SenderPatterns<Directions> bySender;

  /// One line of the table.
  ///
  /// @param key as in the settings: `routes.*.example.net`, `sender_routes.<>`
  public record Entry(String key, Directions directions) {}

  /// @throws IllegalArgumentException if a pattern is none
  public RouteTable(Map<String, Directions> byRecipient, Map<String, Directions> bySender) {
    this.byRecipient = new DomainPatterns<>(byRecipient);
    this.bySender = new SenderPatterns<>(bySender);
  }

  /// What counts for mail from `sender` to `domain`; empty where nothing is said about it.
  public Optional<Entry> entry(Domain domain, ReversePath sender) {
    return byRecipient
        .matchByName(domain)
        .map(RouteTable::ofRecipient)
        .or(() -> bySender.match(sender).map(RouteTable::ofSender))
        .or(() -> byRecipient.matchAll().map(RouteTable::ofRecipient));
  }

  private static Entry ofRecipient(Match<Directions> match) {
    return new Entry("routes." + match.pattern(), match.said());
  }

  private static Entry ofSender(Match<Directions> match) {
    return new Entry("sender_routes." + match.pattern(), match.said());
  }
}
