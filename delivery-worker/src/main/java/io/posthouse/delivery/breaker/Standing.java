package io.posthouse.delivery.breaker;

import java.util.Locale;

/// Something that is not as usual, for an operator.
///
/// @param alone what it is, why, and until when
public record Standing(Kind kind, State state, LeftAlone alone) {
  /// What a breaker is about.
  public enum Kind {
    /// One address and port of a host.
    ADDRESS,
    /// One family of one site.
    SITE,
    /// Our own road to one family, from one pool of addresses.
    EGRESS
  }

  public enum State {
    /// It is left alone; after its time one conversation finds out.
    OPEN,
    /// One conversation is finding out.
    PROBED,
    /// It is tried only if the other family does not work.
    SECOND
  }

  /// `site ipv6 of mx.example.net:25 open until 2026-03-02T08:15:07Z: no sign for 30 s`.
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT)
        + " "
        + alone.what()
        + " "
        + state.name().toLowerCase(Locale.ROOT)
        + " until "
        + alone.until()
        + ": "
        + alone.why();
  }
}
