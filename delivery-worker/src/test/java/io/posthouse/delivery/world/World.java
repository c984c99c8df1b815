package io.posthouse.delivery.world;

import io.posthouse.dns.TestDns;
import io.posthouse.smtp.Blackhole;
import io.posthouse.smtp.ScriptedMx;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// MX hosts of any number on loopback addresses, all at one port, each behaving in its own way.
/// Linux has all of 127.0.0.0/8, but of IPv6 only `::1`.
public final class World implements AutoCloseable {
  // Below those that the system gives to clients, which would sit on one now and then.
  private static final int FIRST_PORT = 12_000;
  private static final int LAST_PORT = 32_000;

  private final int port = freePort();
  private final Set<String> addresses = new LinkedHashSet<>();
  private final Map<String, ScriptedMx> listening = new LinkedHashMap<>();
  private final List<Blackhole> holes = new ArrayList<>();

  /// Where all hosts of this world listen.
  public int port() {
    return port;
  }

  /// A host at this address that behaves like this; the only one at its address.
  public World put(String address, Behaviour behaviour) {
    addresses.add(address);
    switch (behaviour) {
      case REFUSED -> {} // Nobody listens.
      case BLACKHOLE -> holes.add(Blackhole.at(address, port));
      default -> listening.put(address, behaviour.teach(start(address)));
    }
    return this;
  }

  /// `domain` has an MX host of this preference and name at these addresses.
  public static void announce(
      TestDns dns, String domain, int preference, String host, String... addresses) {
    dns.mx(domain, preference, host);
    for (var address : addresses) {
      if (address.contains(":")) dns.aaaa(host, address);
      else dns.a(host, address);
    }
  }

  /// All become good hosts, those where nobody listened included.
  public void mend() {
    holes.forEach(Blackhole::close);
    holes.clear();
    for (var address : addresses)
      Behaviour.GOOD.teach(listening.computeIfAbsent(address, this::start));
  }

  /// The host at an address where somebody listens.
  public ScriptedMx at(String address) {
    return Objects.requireNonNull(listening.get(address), address);
  }

  /// How many connections each listening host has had, by its address.
  public Map<String, Integer> connections() {
    var all = new LinkedHashMap<String, Integer>();
    listening.forEach((address, mx) -> all.put(address, mx.connections()));
    return all;
  }

  /// How often a host said that it takes a message for each recipient, by the recipient's path.
  public Map<String, Integer> copies() {
    var copies = new LinkedHashMap<String, Integer>();
    for (var mx : listening.values())
      for (var message : mx.messages())
        message.to().forEach(to -> copies.merge(to, 1, Integer::sum));
    return copies;
  }

  @Override
  public void close() {
    listening.values().forEach(ScriptedMx::close);
    holes.forEach(Blackhole::close);
  }

  private ScriptedMx start(String address) {
    return ScriptedMx.startAt(address, port);
  }

  private static int freePort() {
    while (true) {
      var port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      // On the wildcard address it is free only if it is free everywhere.
      try (var _ = new ServerSocket(port)) {
        return port;
      } catch (IOException taken) {
        // Another one, then.
      }
    }
  }
}
