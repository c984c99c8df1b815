package io.posthouse.edge.limits;

import io.posthouse.config.Network;
import io.posthouse.config.Settings;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// What one client address and one network (/24 of IPv4, /64 of IPv6) may ask of this node.
///
/// @param exempt networks whose hosts are not counted
/// @param remembered how many addresses and networks are remembered for rates
public record FairUseSettings(Share address, Share network, List<Network> exempt, int remembered) {
  // Other hosts have few connections open and use them again: what a large provider brings to one
  // node stays well below these. What exceeds a rate is not lost either, as the client comes again.
  private static final Share OF_ADDRESS =
      new Share(
          100,
          Rate.parse("600/1m"),
          Rate.parse("6000/1m"),
          Rate.parse("30000/1m"),
          Rate.parse("600/10m"));
  private static final Share OF_NETWORK =
      new Share(
          1000,
          Rate.parse("3000/1m"),
          Rate.parse("30000/1m"),
          Rate.parse("150000/1m"),
          Rate.parse("6000/10m"));
  // A client on this host is a part of us: a webmail, a proxy, a test.
  private static final List<Network> THIS_HOST =
      List.of(Network.parse("127.0.0.0/8"), Network.parse("::1"));

  public FairUseSettings {
    exempt = List.copyOf(exempt);
  }

  /// What one of them may ask.
  ///
  /// @param connections at a time
  /// @param opened connections begun
  /// @param messages MAIL commands, but those of users who have logged in
  /// @param recipients RCPT commands, likewise
  /// @param errors commands and recipients refused for good
  public record Share(int connections, Rate opened, Rate messages, Rate recipients, Rate errors) {
    private static Share read(Settings in, int connections, Share byDefault) {
      return new Share(
          connections,
          rate(in.about("connections opened"), "opened", byDefault.opened),
          rate(in.about("messages begun, but those of users"), "messages", byDefault.messages),
          rate(in.about("recipients named, but by users"), "recipients", byDefault.recipients),
          rate(in.about("commands and recipients refused for good"), "errors", byDefault.errors));
    }

    private static Rate rate(Settings in, String key, Rate byDefault) {
      return in.value(key, Rate.form(), byDefault);
    }
  }

  /// Reads the section `edge.limits`, as far as it is about this.
  public static FairUseSettings read(Settings in) {
    var ofAddress =
        in.about("sessions at a time of one client address")
            .integer("connections_per_address", 1, 1_000_000, OF_ADDRESS.connections);
    var ofNetwork =
        in.about("sessions at a time of one network: a /24 of IPv4, a /64 of IPv6")
            .integer("connections_per_network", 1, 1_000_000, OF_NETWORK.connections);
    return new FairUseSettings(
        Share.read(in.section("per_address"), ofAddress, OF_ADDRESS),
        Share.read(in.section("per_network"), ofNetwork, OF_NETWORK),
        in.about("networks whose hosts are not counted; relay networks are not, either")
            .networks("exempt", THIS_HOST),
        in.about("addresses and networks that rates are remembered of")
            .integer("remembered", 1000, 10_000_000, 100_000));
  }

  /// The same with more networks that are not counted.
  public FairUseSettings exempting(List<Network> more) {
    var all = Stream.concat(exempt.stream(), more.stream()).toList();
    return new FairUseSettings(address, network, all, remembered);
  }

  boolean isExempt(InetAddress client) {
    return exempt.stream().anyMatch(net -> net.contains(client));
  }
}
