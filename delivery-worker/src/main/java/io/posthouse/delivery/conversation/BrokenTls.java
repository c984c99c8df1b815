package io.posthouse.delivery.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.security.Security;
import io.posthouse.outcome.MxHost;
import io.posthouse.telemetry.TlsUse.Shortfall;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// Addresses whose TLS came to nothing lately, though they offer it. Who may be talked to in the
/// clear is, at once: so a broken handshake costs one connection, and not one for each message.
final class BrokenTls {
  private static final int MOST = 10_000;

  private record Key(InetAddress address, int port) {}

  private final Cache<Key, Shortfall> broken;

  /// @param remembered how long until TLS is tried again
  BrokenTls(Duration remembered) {
    this.broken = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(remembered).build();
  }

  /// Why to talk in the clear at once; empty where TLS is to be tried.
  Optional<Shortfall> known(MxHost mx, Approach approach) {
    return permitsClear(approach)
        ? Optional.ofNullable(broken.getIfPresent(key(mx)))
        : Optional.empty();
  }

  void note(MxHost mx, Shortfall shortfall) {
    broken.put(key(mx), shortfall);
  }

  static boolean permitsClear(Approach approach) {
    return approach.manner().protocol() != Protocol.SMTPS
        && switch (approach.security()) {
          case Security.Opportunistic(), Security.Testing _ -> true;
          case Security.Clear(), Security.Encrypted(), Security.Verified _, Security.Dane _ ->
              false;
        };
  }

  private static Key key(MxHost mx) {
    return new Key(mx.address(), mx.port());
  }
}
