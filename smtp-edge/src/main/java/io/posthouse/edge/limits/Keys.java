package io.posthouse.edge.limits;

import java.net.InetAddress;
import java.security.SecureRandom;

/// Addresses and their networks as numbers, which nobody can choose to be alike.
final class Keys {
  private static final int NETWORK_OF_IPV4 = 3;
  private static final int NETWORK_OF_IPV6 = 8;

  private final long seed;

  Keys(long seed) {
    this.seed = seed;
  }

  static Keys random() {
    return new Keys(new SecureRandom().nextLong());
  }

  long ofHost(InetAddress address) {
    var octets = address.getAddress();
    return hash(octets, octets.length);
  }

  /// The /24 of an IPv4 address; the /64 of an IPv6 address, which is what one host is given.
  long ofNetwork(InetAddress address) {
    var octets = address.getAddress();
    return hash(octets, octets.length == 4 ? NETWORK_OF_IPV4 : NETWORK_OF_IPV6);
  }

  private long hash(byte[] octets, int length) {
    var mixed = seed + length;
    for (int i = 0; i < length; i++) mixed = mix(mixed ^ (octets[i] & 0xff));
    return mixed;
  }

  /// The finaliser of SplitMix64: each bit of the input turns half of the output.
  private static long mix(long z) {
    var a = (z + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    var b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
