package io.posthouse.config;

import java.net.InetAddress;

/// Addresses with the same first bits, written `192.0.2.0/24`, `2001:db8::/32`, or as one address.
///
/// @param prefix how many bits are the same: 0 to 32 for IPv4, 0 to 128 for IPv6
public record Network(InetAddress address, int prefix) {

  public Network {
    var bits = address.getAddress().length * 8;
    if (prefix < 0 || prefix > bits)
      throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0.." + bits + ")");
    if (!hasZeroesAfter(prefix, address.getAddress()))
      throw new IllegalArgumentException(
          "network: %s/%d (expected: no bits after the prefix)"
              .formatted(address.getHostAddress(), prefix));
  }

  /// Reads one of the forms above; names are never looked up.
  ///
  /// @throws IllegalArgumentException when the text is no network
  public static Network parse(String text) {
    var slash = text.indexOf('/');
    var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    var bits = address.getAddress().length * 8;
    return new Network(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
  }

  /// An IPv4 address never is in an IPv6 network, nor the other way round.
  public boolean contains(InetAddress candidate) {
    var ours = address.getAddress();
    var theirs = candidate.getAddress();
    if (ours.length != theirs.length) return false;
    for (int i = 0; i < ours.length; i++) {
      if (((ours[i] ^ theirs[i]) & mask(i)) != 0) return false;
    }
    return true;
  }

  private int mask(int index) {
    return maskOf(prefix, index);
  }

  private static boolean hasZeroesAfter(int prefix, byte[] address) {
    for (int i = 0; i < address.length; i++) {
      if ((address[i] & ~maskOf(prefix, i) & 0xff) != 0) return false;
    }
    return true;
  }

  private static int maskOf(int prefix, int index) {
    var bits = Math.clamp(prefix - index * 8L, 0, 8);
    return 0xff << (8 - bits) & 0xff;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}
