package io.posthouse.directive;

import io.posthouse.message.NextHop;
import java.util.Locale;

/// What a directive does to the messages it touches.
public sealed interface Act {
  /// They stay where they are put, until they are released.
  record Hold() implements Act {}

  /// Those that are held go on at once.
  record Release() implements Act {}

  /// Those that wait for their next attempt are tried at once.
  record Flush() implements Act {}

  /// They are given up, and their senders told why.
  record Bounce() implements Act {}

  /// They are given up, and nobody is told.
  record Drop() implements Act {}

  /// They go to another host, now and whenever they are tried again. Only mail that goes out does.
  record Reroute(NextHop to) implements Act {}

  /// A directive that also touches what arrives does so no longer.
  ///
  /// @param directive its id
  record Undo(String directive) implements Act {}

  /// Which of these it is.
  enum Kind {
    HOLD,
    RELEASE,
    FLUSH,
    BOUNCE,
    DROP,
    REROUTE,
    UNDO;

    /// `hold`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  default Kind kind() {
    return switch (this) {
      case Hold() -> Kind.HOLD;
      case Release() -> Kind.RELEASE;
      case Flush() -> Kind.FLUSH;
      case Bounce() -> Kind.BOUNCE;
      case Drop() -> Kind.DROP;
      case Reroute _ -> Kind.REROUTE;
      case Undo _ -> Kind.UNDO;
    };
  }

  /// Whether it can be done to messages that are yet to come.
  default boolean mayWait() {
    return switch (this) {
      case Hold(), Bounce(), Drop(), Reroute _ -> true;
      case Release(), Flush(), Undo _ -> false;
    };
  }
}
