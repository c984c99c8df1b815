package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dns.Mx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Routes by the MX records of a domain (RFC 5321 §5.1).
public final class MxRoutes {
  /// Text of an address: an exchange is a name, and no name ends so (RFC 1123 §2.1).
  private static final Pattern NO_NAME = Pattern.compile("(?:.*\\.)?\\d+");

  private final Dns dns;
  private final Ourselves ourselves;
  private final int port;
  private final int mostHosts;
  private final RandomGenerator random;

  /// @param port of the hosts unless the route says otherwise
  /// @param mostHosts of one domain that are considered, so that one with 500 does not hold us
  /// @param random shuffles hosts of equal preference
  public MxRoutes(Dns dns, Ourselves ourselves, int port, int mostHosts, RandomGenerator random) {
    this.dns = dns;
    this.ourselves = ourselves;
    this.port = port;
    this.mostHosts = mostHosts;
    this.random = random;
  }

  /// The route to `domain`.
  ///
  /// @param otherPort empty for the usual one
  /// @param manner how its hosts are talked to
  public Route lookup(Domain domain, OptionalInt otherPort, Manner manner) {
    return new Lookup(domain, otherPort.orElse(port), manner).route();
  }

  private record Ranked(int preference, RouteHost host) {}

  private final class Lookup {
    private final Domain domain;
    private final int port;
    private final Manner manner;

    Lookup(Domain domain, int port, Manner manner) {
      this.domain = domain;
      this.port = port;
      this.manner = manner;
    }

    Route route() {
      if (domain.isLiteral()) return literal();
      return switch (dns.mx(domain)) {
        case Answer.Found<Mx> found -> byRecords(found);
        case Answer.NoData<Mx>() -> implicit();
        case Answer.NoSuchName<Mx>() -> new Route.NoSuchDomain(domain + " does not exist");
        case Answer.Unanswered<Mx>(var why) -> new Route.Unanswered(why);
      };
    }

    private Route literal() {
      return domain.literalAddress().isEmpty()
          ? new Route.NoSuchDomain(domain + " is not an address")
          : new Route.Hosts(List.of(host(domain, Reason.LITERAL)));
    }

    /// RFC 5321 §5.1: the domain as if it were an MX of preference 0.
    private Route implicit() {
      var itself = host(domain, Reason.IMPLICIT_MX);
      return ourselves.isNamed(domain)
          ? new Route.BackToUs(itself)
          : new Route.Hosts(List.of(itself));
    }

    private Route byRecords(Answer.Found<Mx> found) {
      var records = found.records();
      // A null MX counts only when it stands alone (RFC 7505 §3).
      if (records.size() == 1 && records.getFirst().exchange() instanceof Mx.Exchange.None)
        return new Route.NullMx();
      var hosts = byName(records);
      if (hosts.isEmpty())
        return new Route.NoSuchDomain("no MX record of " + domain + " names a host");
      var better = betterThanUs(hosts);
      return better.isEmpty()
          ? new Route.BackToUs(hosts.getFirst().host())
          : new Route.Hosts(shuffled(better), found.authentic(), Optional.of(domain));
    }

    /// Each host once, the most preferred first. In the order of their names where that is equal,
    /// so that the same ones are left out every time, if there are too many.
    private List<Ranked> byName(List<Mx> records) {
      var ranked = new ArrayList<Ranked>();
      for (var record : records) {
        if (record.exchange() instanceof Mx.Exchange.Host(var name)
            && !NO_NAME.matcher(name.name()).matches())
          ranked.add(new Ranked(record.preference(), host(name, Reason.MX)));
      }
      ranked.sort(
          Comparator.comparingInt(Ranked::preference).thenComparing(r -> r.host().toString()));
      var seen = new HashSet<RouteHost>();
      ranked.removeIf(duplicate -> !seen.add(duplicate.host()));
      return ranked;
    }

    private RouteHost host(Domain name, Reason reason) {
      return new RouteHost(name, port, reason, manner);
    }
  }

  /// Hosts as good as ourselves or worse would send it back to us (RFC 5321 §5.1).
  private List<Ranked> betterThanUs(List<Ranked> hosts) {
    var us =
        hosts.stream()
            .filter(ranked -> ourselves.isNamed(ranked.host().name()))
            .mapToInt(Ranked::preference)
            .min()
            .orElse(Integer.MAX_VALUE);
    return hosts.stream().filter(ranked -> ranked.preference() < us).limit(mostHosts).toList();
  }

  /// Equal preferences are ours to spread (RFC 5321 §5.1); the sort is stable.
  private List<RouteHost> shuffled(List<Ranked> hosts) {
    var ranked = new ArrayList<>(hosts);
    Collections.shuffle(ranked, random);
    ranked.sort(Comparator.comparingInt(Ranked::preference));
    return ranked.stream().map(Ranked::host).toList();
  }
}
