package io.posthouse.dns;

import io.posthouse.message.Octets;

/// A TLSA record (RFC 6698 §2.1), as it was published: any octet may stand in each field.
///
/// @param usage which certificate it is about
/// @param selector which part of that certificate
/// @param matching how `association` stands for that part
public record Tlsa(int usage, int selector, int matching, Octets association) {
  /// Whether a mail client can use it: usages 0 and 1 are not for SMTP (RFC 7672 §3.1.3), and what
  /// has a selector, matching type or digest that nobody knows stands for nothing.
  public boolean isUsable() {
    return (usage == 2 || usage == 3)
        && (selector == 0 || selector == 1)
        && switch (matching) {
          case 0 -> association.length() > 0;
          case 1 -> association.length() == 32;
          case 2 -> association.length() == 64;
          default -> false;
        };
  }
}
