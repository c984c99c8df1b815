package io.posthouse.edge.session;

import io.posthouse.smtp.Reply;

/// A no, for now or for good.
///
/// @param check which of our checks said so: a short word of ours for events and metrics
public record Refusal(String check, Reply reply) {
  public Refusal {
    if (!reply.isNegative())
      throw new IllegalArgumentException("refusal: " + reply + " (expected: a negative reply)");
  }

  /// Such as `Refusal.of("relay", 550, "5.7.1", "Relaying denied")`.
  public static Refusal of(String check, int code, String status, String text) {
    return new Refusal(check, Reply.of(code, status, text));
  }
}
