package io.posthouse.node;

import java.time.Instant;
import java.util.Locale;

/// What a breaker keeps mail from, or lets go second.
///
/// @param what an address as `mx1.example.net[192.0.2.1]:25`, or a family and whose it is
/// @param state as in `open`, `probed`
/// @param why what was wrong when it was last tried
/// @param until when it is tried again
public record ShutRoad(Kind kind, String what, String state, String why, Instant until) {
  /// How far it reaches; the widest first.
  public enum Kind {
    /// Our own road to a family of addresses.
    EGRESS,
    /// One family of one site.
    SITE,
    /// One address.
    ADDRESS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// `site ipv6 of mx.example.net:25 is open until 2026-03-02T08:15:07Z: no sign for 30 s`.
  public String text() {
    return kind + " " + what + " is " + state + " until " + until + ": " + why;
  }
}
