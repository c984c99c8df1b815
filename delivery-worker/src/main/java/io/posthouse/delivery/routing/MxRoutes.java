package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dns.Mx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/// The route table first, then the domain's MX records.
public final class MxRoutes implements MailRoutes {
  private final RouteTable table;
  private final Dns dns;
  private final Ourselves ourselves;
  private final int port;
  private final RandomGenerator random;

  /// @param port of the hosts that MX records name
  /// @param random shuffles hosts of equal preference
  public MxRoutes(
      RouteTable table, Dns dns, Ourselves ourselves, int port, RandomGenerator random) {
    this.table = table;
    this.dns = dns;
    this.ourselves = ourselves;
    this.port = port;
    this.random = random;
  }

  @Override
  public Route lookup(Domain domain, ReversePath sender) {
    return table.hosts(domain).<Route>map(Route.Hosts::new).orElseGet(() -> byDomain(domain));
  }

  private Route byDomain(Domain domain) {
    if (domain.isLiteral()) return literal(domain);
    return switch (dns.mx(domain)) {
      case Answer.Found<Mx> found -> byRecords(domain, found);
      case Answer.NoData<Mx>() -> implicit(domain);
      case Answer.NoSuchName<Mx>() -> new Route.NoSuchDomain(domain + " does not exist");
      case Answer.Unanswered<Mx>(var why) -> new Route.Unanswered(why);
    };
  }

  private Route literal(Domain domain) {
    if (domain.literalAddress().isEmpty())
      return new Route.NoSuchDomain(domain + " is not an address");
    return new Route.Hosts(List.of(new RouteHost(domain, port, Reason.LITERAL)));
  }

  /// RFC 5321 §5.1: the domain as if it were an MX of preference 0.
  private Route implicit(Domain domain) {
    var itself = new RouteHost(domain, port, Reason.IMPLICIT_MX);
    return ourselves.isNamed(domain)
        ? new Route.BackToUs(itself)
        : new Route.Hosts(List.of(itself));
  }

  private Route byRecords(Domain domain, Answer.Found<Mx> found) {
    var records = found.records();
    // A null MX counts only when it stands alone (RFC 7505 §3).
    if (records.size() == 1 && records.getFirst().exchange() instanceof Mx.Exchange.None)
      return new Route.NullMx();
    var hosts = sorted(records);
    if (hosts.isEmpty())
      return new Route.NoSuchDomain("no MX record of " + domain + " names a host");
    var better = betterThanUs(hosts);
    return better.isEmpty()
        ? new Route.BackToUs(hosts.getFirst().host())
        : new Route.Hosts(better.stream().map(Ranked::host).toList(), found.authentic());
  }

  private record Ranked(int preference, RouteHost host) {}

  private List<Ranked> sorted(List<Mx> records) {
    var ranked = new ArrayList<Ranked>();
    for (var record : records) {
      if (record.exchange() instanceof Mx.Exchange.Host(var name))
        ranked.add(new Ranked(record.preference(), new RouteHost(name, port, Reason.MX)));
    }
    // Equal preferences are ours to spread (RFC 5321 §5.1); the sort is stable.
    Collections.shuffle(ranked, random);
    ranked.sort(Comparator.comparingInt(Ranked::preference));
    return ranked;
  }

  /// Hosts as good as ourselves or worse would send it back to us (RFC 5321 §5.1).
  private List<Ranked> betterThanUs(List<Ranked> hosts) {
    var us =
        hosts.stream()
            .filter(ranked -> ourselves.isNamed(ranked.host().name()))
            .mapToInt(Ranked::preference)
            .min()
            .orElse(Integer.MAX_VALUE);
    return hosts.stream().filter(ranked -> ranked.preference() < us).toList();
  }
}
