package io.posthouse.delivery.policy;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.security.HostPolicy;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.security.Security;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dns.Tlsa;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// DANE for SMTP (RFC 7672): what the zone of a host says about its certificates.
///
/// Only what DNSSEC proves counts: the MX records that name the host, its addresses, its TLSA
/// records. In a zone that is not signed no TLSA record is asked for, so nothing is paid for it.
public final class Dane {
  private final Dns dns;
  private final PolicyNotes notes;

  public Dane(Dns dns, PolicyNotes notes) {
    this.dns = dns;
    this.notes = notes;
  }

  /// What stands about `host`; empty where its zone says nothing that is proved.
  public Optional<HostPolicy> of(Domain domain, Route.Hosts hosts, RouteHost host) {
    // An address stands in no zone, whoever named it.
    var found = host.name().isLiteral() ? nothing(Finding.NONE) : look(domain, hosts, host);
    notes.found(PolicySource.DANE, found.finding());
    return found.policy();
  }

  private record Found(Finding finding, Optional<HostPolicy> policy) {}

  private Found look(Domain domain, Route.Hosts hosts, RouteHost host) {
    // Whoever forges the MX records names a host whose own zone is in order (RFC 7672 §2.2.1).
    if (host.reason() == Reason.MX && !hosts.authentic()) return nothing(Finding.INSECURE);
    var addresses = Stream.of(Family.values()).map(f -> dns.addresses(host.name(), f)).toList();
    var proved = addresses.stream().flatMap(Dane::proved).findFirst();
    if (proved.isPresent()) return records(domain, host, bases(host, proved.get()));
    // There were addresses a moment ago, so this is no word about the zone.
    if (addresses.stream().allMatch(Answer.Unanswered.class::isInstance))
      return unanswered("addresses of " + host.name());
    return nothing(Finding.INSECURE);
  }

  private static Stream<Answer.Found<InetAddress>> proved(Answer<InetAddress> answer) {
    return answer instanceof Answer.Found<InetAddress> found && found.authentic()
        ? Stream.of(found)
        : Stream.empty();
  }

  /// Of an alias the end comes first, then the alias itself (RFC 7672 §2.2.3).
  private static Set<Domain> bases(RouteHost host, Answer.Found<InetAddress> addresses) {
    var bases = new LinkedHashSet<Domain>();
    addresses.canonical().ifPresent(bases::add);
    bases.add(host.name());
    return bases;
  }

  private Found records(Domain domain, RouteHost host, Set<Domain> bases) {
    for (var base : bases) {
      switch (dns.tlsa(base, host.port())) {
        case Answer.Found<Tlsa> found when found.authentic() -> {
          return policy(found.records(), base, names(domain, host, bases));
        }
        // Somebody may be hiding them (RFC 7672 §2.1.2): this host is not for now.
        case Answer.Unanswered<Tlsa>(var why) -> {
          return unanswered(why);
        }
        case Answer.Found<Tlsa> _, Answer.NoData<Tlsa> _, Answer.NoSuchName<Tlsa> _ -> {}
      }
    }
    return nothing(Finding.NONE);
  }

  /// RFC 7672 §3.2.3.
  private static Set<Domain> names(Domain domain, RouteHost host, Set<Domain> bases) {
    var names = new LinkedHashSet<>(bases);
    if (host.reason() == Reason.MX) names.add(domain);
    return names;
  }

  private static Found policy(List<Tlsa> records, Domain base, Set<Domain> names) {
    var usable = records.stream().filter(Tlsa::isUsable).toList();
    // That there are any says that the host has TLS (RFC 7672 §2.2).
    return usable.isEmpty()
        ? found(Finding.UNUSABLE, new Security.Encrypted())
        : found(Finding.ENFORCED, new Security.Dane(usable, base, names));
  }

  private static Found found(Finding finding, Security security) {
    return new Found(finding, Optional.of(new HostPolicy.Allowed(security, PolicySource.DANE)));
  }

  private static Found nothing(Finding finding) {
    return new Found(finding, Optional.empty());
  }

  private static Found unanswered(String why) {
    return new Found(
        Finding.UNANSWERED,
        Optional.of(
            new HostPolicy.Forbidden(
                "its TLSA records are not known for now: " + why, PolicySource.DANE)));
  }
}
