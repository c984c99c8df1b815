package io.posthouse.delivery.egress;

import io.posthouse.address.Domain;
import io.posthouse.outcome.MxHost;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Chooses where a connection comes from. The same pool and host give the same address as long as
/// this node has it: hosts come to know an address by what it sends. Pure but for `isOurs`.
public final class Egress {
  private final String nodeName;
  private final Predicate<InetAddress> isOurs;

  /// @param nodeName what we say in EHLO unless the pool knows better
  /// @param isOurs whether this node has an address now
  public Egress(String nodeName, Predicate<InetAddress> isOurs) {
    this.nodeName = nodeName;
    this.isOurs = isOurs;
  }

  /// The source for this destination.
  public Source towards(MxHost mx, EgressPool pool) {
    var addresses = pool.of(mx.family());
    if (addresses.isEmpty())
      return new Source.From(Optional.empty(), pool.helo().map(Domain::name).orElse(nodeName));
    return addresses.stream()
        .filter(address -> isOurs.test(address.address()))
        .max(Comparator.comparingInt(address -> affinity(address, mx)))
        .<Source>map(address -> from(pool, address))
        .orElseGet(() -> nowhere(pool, mx));
  }

  /// Addresses of these pools that this node has not, as far as is known now.
  public long missing(List<EgressPool> pools) {
    return pools.stream()
        .flatMap(pool -> pool.addresses().stream())
        .map(EgressAddress::address)
        .distinct()
        .filter(address -> !isOurs.test(address))
        .count();
  }

  private Source.From from(EgressPool pool, EgressAddress address) {
    var helo = address.helo().or(pool::helo).map(Domain::name).orElse(nodeName);
    return new Source.From(Optional.of(address.address()), helo);
  }

  private static Source.Nowhere nowhere(EgressPool pool, MxHost mx) {
    return new Source.Nowhere(
        "this node has no " + mx.family() + " address of the egress pool " + pool);
  }

  /// Highest random weight: an address that comes or goes moves only its own share of hosts.
  private static int affinity(EgressAddress address, MxHost mx) {
    var mixed = Objects.hash(address.address(), mx.address()) * 0x9E3779B1;
    return mixed ^ (mixed >>> 15);
  }
}
