package io.posthouse.delivery.routing;

import io.posthouse.smtp.Family;
import java.net.InetAddress;

/// An address, and in answer to which question it was found.
record Candidate(InetAddress address, Family asked) {
  static Candidate of(InetAddress literal) {
    return new Candidate(literal, Family.of(literal));
  }

  /// An IPv4 address in an AAAA record (RFC 4291 §2.5.5.2), where it does not belong.
  boolean isMapped() {
    return Family.of(address) != asked;
  }
}
