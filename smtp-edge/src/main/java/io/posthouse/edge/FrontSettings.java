package io.posthouse.edge;

import io.posthouse.config.Network;
import io.posthouse.config.Settings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// The hosts in front of a listener: whom it believes when they say who the client is. Part of each
/// of `edge.listeners`.
///
/// @param proxyProtocol whose connections begin with a PROXY header; all others are clients
/// @param headerTimeout how long we wait for that
public record FrontSettings(List<Network> proxyProtocol, Duration headerTimeout) {
  /// Nobody is believed.
  public static final FrontSettings NONE = new FrontSettings(List.of(), Duration.ofSeconds(10));

  public FrontSettings {
    proxyProtocol = List.copyOf(proxyProtocol);
  }

  static FrontSettings read(Settings in) {
    return new FrontSettings(
        in.about("proxies whose connections begin with a PROXY header, version 1 or 2")
            .networks("proxy_protocol", NONE.proxyProtocol),
        in.about("for the PROXY header")
            .duration(
                "proxy_timeout",
                Duration.ofMillis(100),
                Duration.ofMinutes(5),
                NONE.headerTimeout));
  }

  /// Whether a connection from there has to begin with a PROXY header.
  public boolean beginsWithHeader(InetAddress peer) {
    return contain(proxyProtocol, peer);
  }

  private static boolean contain(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
