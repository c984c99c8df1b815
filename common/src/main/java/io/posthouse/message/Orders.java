package io.posthouse.message;

import java.time.Instant;
import java.util.Optional;

/// What operators have ordered about a message. It stays with the message on all its ways, so that
/// no directive touches it twice.
///
/// @param seen the number of the last directive that has touched it: that one and all before it
///   touch it no more
/// @param nextHop where it goes instead of where its domain's mail goes
/// @param ending how it is to end, which has been decided and not been done
/// @param heldSince since when it is held, where that is longer than its record is old
public record Orders(
    long seen, Optional<NextHop> nextHop, Optional<Ending> ending, Optional<Instant> heldSince) {
  /// No directive has this number: all of theirs are greater.
  public static final long NEVER = -1;

  /// Of a message that no operator has touched.
  public static final Orders NONE = new Orders(NEVER, Optional.empty(), Optional.empty());

  public Orders {
    if (seen < NEVER)
      throw new IllegalArgumentException("seen: " + seen + " (expected: " + NEVER + " or more)");
  }

  /// Orders that have just been given.
  public Orders(long seen, Optional<NextHop> nextHop, Optional<Ending> ending) {
    this(seen, nextHop, ending, Optional.empty());
  }

  /// The same of a message that is held since then, in whatever record.
  public Orders heldSince(Instant then) {
    return new Orders(seen, nextHop, ending, Optional.of(then));
  }
}
