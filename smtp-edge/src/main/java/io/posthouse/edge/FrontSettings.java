package io.posthouse.edge;

import io.posthouse.config.Network;
import io.posthouse.config.Settings;
import io.posthouse.edge.session.Origin;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// The hosts in front of a listener: whom it believes when they say who the client is. Part of each
/// of `edge.listeners`.
///
/// @param proxyProtocol whose connections begin with a PROXY header; all others are clients
/// @param headerTimeout how long we wait for that
/// @param xclient who may say with XCLIENT who their clients are
/// @param xclientLogin whether they may say as whom these have logged in, too
/// @param xforward who may say with XFORWARD where they had a message from
public record FrontSettings(
    List<Network> proxyProtocol,
    Duration headerTimeout,
    List<Network> xclient,
    boolean xclientLogin,
    List<Network> xforward) {
  /// Nobody is believed.
  public static final FrontSettings NONE =
      new FrontSettings(List.of(), Duration.ofSeconds(10), List.of(), false, List.of());

  public FrontSettings {
    proxyProtocol = List.copyOf(proxyProtocol);
    xclient = List.copyOf(xclient);
    xforward = List.copyOf(xforward);
  }

  static FrontSettings read(Settings in) {
    return new FrontSettings(
        in.about("proxies whose connections begin with a PROXY header, version 1 or 2")
            .networks("proxy_protocol", NONE.proxyProtocol),
        in.about("for the PROXY header")
            .duration(
                "proxy_timeout", Duration.ofMillis(100), Duration.ofMinutes(5), NONE.headerTimeout),
        in.about("hosts that may say with XCLIENT who their clients are")
            .networks("xclient", NONE.xclient),
        in.about("they may say as whom a client has logged in, too")
            .bool("xclient_login", NONE.xclientLogin),
        in.about("hosts that may say with XFORWARD where they had a message from, for events only")
            .networks("xforward", NONE.xforward));
  }

  /// Whether a connection from there has to begin with a PROXY header.
  public boolean beginsWithHeader(InetAddress peer) {
    return contain(proxyProtocol, peer);
  }

  /// What we believe of a host that speaks for others.
  public Origin.Trust trust(InetAddress host) {
    if (!contain(xclient, host)) return Origin.Trust.NOTHING;
    return xclientLogin ? Origin.Trust.AND_THEIR_LOGINS : Origin.Trust.WHO_THEY_ARE;
  }

  /// Whether it may say where it had a message from. That gives no rights to anybody.
  public boolean forwards(InetAddress host) {
    return contain(xforward, host);
  }

  private static boolean contain(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
