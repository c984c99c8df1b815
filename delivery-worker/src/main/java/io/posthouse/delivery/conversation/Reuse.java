package io.posthouse.delivery.conversation;

import java.time.Duration;

/// How far one connection is used for several messages.
///
/// @param messages over one connection at most; 1 for no reuse
/// @param idle how long a connection waits for the next message
/// @param perHost idle connections to one address at most
public record Reuse(int messages, Duration idle, int perHost) {
  /// As much as hosts of other people like.
  public static final Reuse DEFAULT = new Reuse(100, Duration.ofSeconds(2), 20);
}
