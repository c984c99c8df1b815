package io.posthouse.delivery.egress;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;

/// Which addresses this node has, found by trying: only the system knows what it lets us bind.
/// Asked again after a while, because addresses move between nodes.
public final class OwnAddresses {
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private final LoadingCache<InetAddress, Boolean> known =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .expireAfterWrite(REMEMBERED)
          .build(OwnAddresses::mayBeBound);

  /// Whether a connection may come from `address`.
  public boolean has(InetAddress address) {
    return known.get(address);
  }

  private static boolean mayBeBound(InetAddress address) {
    try (var _ = new DatagramSocket(new InetSocketAddress(address, 0))) {
      return true;
    } catch (SocketException notOurs) {
      return false;
    }
  }
}
