package io.posthouse.delivery.routing;

import io.posthouse.address.ReversePath;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.pattern.DomainPatterns.Match;
import io.posthouse.delivery.pattern.SenderPatterns;
import java.util.Map;

/// Which pool the mail of a sender leaves from where its route does not say.
public final class EgressChoice {
  /// Everybody's from anywhere.
  public static final EgressChoice ANY = new EgressChoice(Map.of(), EgressPool.ANY);

  private final SenderPatterns<EgressPool> bySender;
  private final EgressPool otherwise;

  /// @throws IllegalArgumentException if a pattern is none
  public EgressChoice(Map<String, EgressPool> bySender, EgressPool otherwise) {
    this.bySender = new SenderPatterns<>(bySender);
    this.otherwise = otherwise;
  }

  EgressPool of(ReversePath sender) {
    return bySender.match(sender).map(Match::said).orElse(otherwise);
  }
}
