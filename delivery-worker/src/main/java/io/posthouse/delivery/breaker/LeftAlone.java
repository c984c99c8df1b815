package io.posthouse.delivery.breaker;

import java.time.Instant;

/// Why and how long something is left alone.
///
/// @param what an address, or a family and whose it is
/// @param why what was wrong with it when it was last tried
/// @param until when the next may try; now, if somebody is finding out
public record LeftAlone(String what, String why, Instant until) {
  /// `mx.example.net[192.0.2.1]:25 is left alone: no sign for 30 s while connecting`.
  @Override
  public String toString() {
    return what + " is left alone: " + why;
  }
}
