package io.posthouse.delivery.shaping;

import io.posthouse.address.Domain;
import io.posthouse.delivery.pattern.DomainPatterns;

/// A name, `*.` and a name for those below it, or `*` for all.
record HostPattern(String text) {
  private static final String ALL = "*";
  private static final int EXACT = 1_000;

  HostPattern {
    text = DomainPatterns.canonical(text);
  }

  boolean matches(Domain name) {
    if (text.equals(ALL)) return true;
    return isWild()
        ? !name.isLiteral() && name.name().endsWith(text.substring(1))
        : name.name().equals(text);
  }

  /// The more it says, the higher.
  int specificity() {
    if (text.equals(ALL)) return 0;
    return isWild() ? text.length() : EXACT + text.length();
  }

  private boolean isWild() {
    return text.startsWith("*.");
  }

  @Override
  public String toString() {
    return text;
  }
}
