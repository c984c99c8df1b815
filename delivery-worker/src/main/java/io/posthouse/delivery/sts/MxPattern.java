package io.posthouse.delivery.sts;

import io.posthouse.address.Domain;

/// Names a host, or with `*.` in front all hosts that are one label longer (RFC 8461 §4.1).
public record MxPattern(Domain name, boolean wildcard) {
  private static final String ANY = "*.";

  public MxPattern {
    if (name.isLiteral())
      throw new IllegalArgumentException("mx: " + name + " (expected: a host name or *. and one)");
  }

  /// The pattern in `text`; a name beyond ASCII counts as its A-labels.
  ///
  /// @throws IllegalArgumentException if there is none
  public static MxPattern parse(String text) {
    return text.startsWith(ANY)
        ? new MxPattern(new Domain(text.substring(ANY.length())), true)
        : new MxPattern(new Domain(text), false);
  }

  public boolean matches(Domain host) {
    if (!wildcard) return host.equals(name);
    var dot = host.name().indexOf('.');
    return dot > 0 && host.name().substring(dot + 1).equals(name.name());
  }

  @Override
  public String toString() {
    return wildcard ? ANY + name : name.name();
  }
}
