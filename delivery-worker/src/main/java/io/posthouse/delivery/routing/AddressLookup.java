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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
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

  /// Both families of a host in turn, IPv6 first. Blocks until the DNS has spoken of both.
  public HostAddresses addresses(RouteHost host) {
    var literal = host.name().literalAddress();
    if (literal.isPresent()) return sieve.sift(host, List.of(Candidate.of(literal.get())));
    var said = ask(host.name());
    // A name that does not exist has no address of either family.
    if (said.ipv6() instanceof Answer.NoSuchName) return sieve.sift(host, List.of());
    var us = said.both().flatMap(answer -> alias(host, answer)).findFirst();
    if (us.isPresent()) return new HostAddresses.OurOwn(host.name() + " is our own " + us.get());
    return switch (sieve.sift(host, said.inTurn())) {
      case HostAddresses.None none ->
          said.unanswered().<HostAddresses>map(HostAddresses.Unanswered::new).orElse(none);
      case HostAddresses.Usable usable -> usable;
      case HostAddresses.OurOwn ourOwn -> ourOwn;
      case HostAddresses.Unanswered unanswered -> unanswered;
    };
  }

  /// Both at the same time (RFC 8305 §3): who is slow to answer for one family delays nobody twice.
  /// When it returns, no question of it is under way.
  private Said ask(Domain host) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ipv4 = CompletableFuture.supplyAsync(() -> dns.addresses(host, Family.IPV4), threads);
      return new Said(dns.addresses(host, Family.IPV6), ipv4.join());
    }
  }

  /// A name of ours that the host is an alias of, which its MX record does not show.
  private Stream<Domain> alias(RouteHost host, Answer<InetAddress> answer) {
    return host.reason() != Reason.ROUTE_TABLE
            && answer instanceof Answer.Found<InetAddress>(_, _, var canonical)
        ? canonical.stream().filter(sieve.ourselves()::isNamed)
        : Stream.empty();
  }

  private record Said(Answer<InetAddress> ipv6, Answer<InetAddress> ipv4) {
    Stream<Answer<InetAddress>> both() {
      return Stream.of(ipv6, ipv4);
    }

    /// One family that cannot be asked for hides nothing of the other, but might be all there is;
    /// except under a name that does not exist.
    Optional<String> unanswered() {
      if (ipv4 instanceof Answer.NoSuchName) return Optional.empty();
      return both().flatMap(Said::unanswered).findFirst();
    }

    List<Candidate> inTurn() {
      var six = candidates(ipv6, Family.IPV6);
      var four = candidates(ipv4, Family.IPV4);
      var all = new ArrayList<Candidate>();
      for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
        if (i < six.size()) all.add(six.get(i));
        if (i < four.size()) all.add(four.get(i));
      }
      return all;
    }

    private static Stream<String> unanswered(Answer<InetAddress> answer) {
      return answer instanceof Answer.Unanswered<InetAddress>(var why)
          ? Stream.of(why)
          : Stream.empty();
    }

    private static List<Candidate> candidates(Answer<InetAddress> answer, Family family) {
      return answer instanceof Answer.Found<InetAddress>(var addresses, _, _)
          ? addresses.stream().map(address -> new Candidate(address, family)).toList()
          : List.of();
    }
  }
}
