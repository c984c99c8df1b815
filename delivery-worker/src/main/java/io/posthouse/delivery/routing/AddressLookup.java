package io.posthouse.delivery.routing;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// From a host of the route to the addresses worth trying.
public final class AddressLookup {
  private final Dns dns;
  private final AddressSieve sieve;

  /// Asks `dns`, and leaves out what leads nowhere or back to us.
  public AddressLookup(Dns dns, AddressSieve sieve) {
    this.dns = dns;
    this.sieve = sieve;
  }

  /// The same, without networks to skip.
  public AddressLookup(Dns dns, Ourselves ourselves, boolean allowLoopback) {
    this(dns, new AddressSieve(ourselves, allowLoopback, List.of()));
  }

  /// Both families of a host in turn, IPv6 first.
  public HostAddresses addresses(RouteHost host) {
    var literal = host.name().literalAddress();
    if (literal.isPresent()) return sieve.sift(host, List.of(Candidate.of(literal.get())));
    var ipv6 = dns.addresses(host.name(), Family.IPV6);
    // A name that does not exist has no address of either family.
    if (ipv6 instanceof Answer.NoSuchName) return sieve.sift(host, List.of());
    var ipv4 = dns.addresses(host.name(), Family.IPV4);
    var us = Stream.of(ipv6, ipv4).flatMap(answer -> alias(host, answer)).findFirst();
    if (us.isPresent()) return new HostAddresses.OurOwn(host.name() + " is our own " + us.get());
    return switch (sieve.sift(host, inTurn(ipv6, ipv4))) {
      // One family that cannot be asked for hides nothing of the other, but might be all there is.
      case HostAddresses.None none ->
          unanswered(ipv6).or(() -> unanswered(ipv4)).<HostAddresses>map(why -> why).orElse(none);
      case HostAddresses.Usable usable -> usable;
      case HostAddresses.OurOwn ourOwn -> ourOwn;
      case HostAddresses.Unanswered unanswered -> unanswered;
    };
  }

  /// A name of ours that the host is an alias of, which its MX record does not show.
  private Stream<Domain> alias(RouteHost host, Answer<InetAddress> answer) {
    return host.reason() != Reason.ROUTE_TABLE
            && answer instanceof Answer.Found<InetAddress>(_, _, var canonical)
        ? canonical.stream().filter(sieve.ourselves()::isNamed)
        : Stream.empty();
  }

  private static Optional<HostAddresses.Unanswered> unanswered(Answer<InetAddress> answer) {
    return answer instanceof Answer.Unanswered<InetAddress>(var why)
        ? Optional.of(new HostAddresses.Unanswered(why))
        : Optional.empty();
  }

  private static List<Candidate> inTurn(Answer<InetAddress> ipv6, Answer<InetAddress> ipv4) {
    var six = candidates(ipv6, Family.IPV6);
    var four = candidates(ipv4, Family.IPV4);
    var all = new ArrayList<Candidate>();
    for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
      if (i < six.size()) all.add(six.get(i));
      if (i < four.size()) all.add(four.get(i));
    }
    return all;
  }

  private static List<Candidate> candidates(Answer<InetAddress> answer, Family family) {
    return answer instanceof Answer.Found<InetAddress>(var addresses, _, _)
        ? addresses.stream().map(address -> new Candidate(address, family)).toList()
        : List.of();
  }
}
