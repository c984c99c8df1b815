package io.posthouse.ops.queue;

import io.posthouse.address.Domain;
import io.posthouse.message.SiteName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/// Messages of which no worker has asked yet where they go, by where they are bound for: they
/// belong to the site that others for the same domain went to, as the newest of these knows it.
final class UntriedMail {
  static final String NOWHERE = "(not tried yet)";

  private final int mostDomains;
  private final Map<Domain, Group> groups = new HashMap<>();
  private final Map<Domain, Seen> sites = new HashMap<>();
  private final Group others = new Group();

  /// @param mostDomains of which it keeps anything
  UntriedMail(int mostDomains) {
    this.mostDomains = mostDomains;
  }

  private record Seen(SiteName site, Instant at) {}

  /// A message for a domain went to a site.
  void went(Domain domain, SiteName site, Instant at) {
    if (sites.size() >= mostDomains && !sites.containsKey(domain)) return;
    sites.merge(
        domain, new Seen(site, at), (one, other) -> other.at().isAfter(one.at()) ? other : one);
  }

  /// Where messages for a domain are counted meanwhile.
  Group group(Domain domain) {
    var isKept = groups.size() < mostDomains || groups.containsKey(domain);
    return isKept ? groups.computeIfAbsent(domain, _ -> new Group()) : others;
  }

  /// Tells the site of each group.
  void each(BiConsumer<String, Group> visitor) {
    groups.forEach((domain, group) -> {
      var seen = sites.get(domain);
      visitor.accept(seen == null ? NOWHERE : seen.site().text(), group);
    });
    if (others.total() > 0) visitor.accept(NOWHERE, others);
  }
}
