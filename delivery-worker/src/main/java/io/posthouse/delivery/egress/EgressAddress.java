package io.posthouse.delivery.egress;

import io.posthouse.address.Domain;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.util.Optional;

/// An address of ours, and what it is called.
///
/// @param helo what we say in EHLO when we come from here; empty for what the pool says
public record EgressAddress(InetAddress address, Optional<Domain> helo) {
  /// Reads `192.0.2.1` or `192.0.2.1 out1.example.net`.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static EgressAddress parse(String text) {
    var words = text.strip().split(" +");
    if (words.length > 2)
      throw new IllegalArgumentException("egress address: " + text + " (expected: ADDRESS [NAME])");
    return new EgressAddress(
        InetAddress.ofLiteral(words[0]),
        words.length == 1 ? Optional.empty() : Optional.of(new Domain(words[1])));
  }

  public Family family() {
    return Family.of(address);
  }

  @Override
  public String toString() {
    return address.getHostAddress() + helo.map(name -> " " + name).orElse("");
  }
}
