package io.posthouse.edge.wire;

import io.posthouse.edge.policy.RelayPolicy;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts sessions, in all and for each client address, and lets no more in than we bear. Our own
/// networks are not counted by address.
final class Doorman {
  private final int most;
  private final int mostOfOne;
  private final RelayPolicy relay;
  private final AtomicInteger inside = new AtomicInteger();
  private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

  Doorman(int most, int mostOfOne, RelayPolicy relay) {
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.relay = relay;
  }

  /// Whether a client may come in; whoever may has to [#leave].
  boolean letIn(InetAddress client) {
    if (inside.incrementAndGet() > most) {
      inside.decrementAndGet();
      return false;
    }
    var ofOne = byAddress.merge(client, 1, Integer::sum);
    if (ofOne <= mostOfOne || relay.isOurs(client)) return true;
    leave(client);
    return false;
  }

  void leave(InetAddress client) {
    inside.decrementAndGet();
    byAddress.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
  }
}
