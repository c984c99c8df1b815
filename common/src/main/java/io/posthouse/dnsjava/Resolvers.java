package io.posthouse.dnsjava;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

final class Resolvers {
  /// Each server is asked this often before we give up.
  private static final int ROUNDS = 2;

  private Resolvers() {}

  /// Goes through the servers so quickly that each gets its turns before `patience` is over.
  static Resolver asking(List<InetSocketAddress> servers, Duration patience) {
    var chosen = servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
    var turn = patience.dividedBy((long) ROUNDS * Math.max(1, chosen.size()));
    var all = new ExtendedResolver(chosen.stream().map(server -> one(server, turn)).toList());
    all.setRetries(ROUNDS);
    all.setTimeout(patience);
    return all;
  }

  private static Resolver one(InetSocketAddress server, Duration turn) {
    var resolver = new SimpleResolver(server);
    resolver.setTimeout(turn);
    return resolver;
  }
}
