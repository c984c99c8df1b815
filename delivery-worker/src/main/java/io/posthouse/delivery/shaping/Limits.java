package io.posthouse.delivery.shaping;

import io.posthouse.delivery.conversation.Reuse;
import java.time.Duration;

/// What a site is not to get more of, each with its origin.
///
/// @param least deliveries at a time, however badly they go; `start` before anything is known, and
///   `most` however well they go
/// @param cluster deliveries at a time of all workers together; each has its even part
/// @param connectionRate new connections of all workers together
/// @param messageRate attempts of all workers together
/// @param recipients of one transaction
/// @param messages over one connection; 1 for no reuse
/// @param idle how long a connection waits for the next message
/// @param idlePerHost connections that wait, to one address
public record Limits(
    Limit<Integer> least,
    Limit<Integer> start,
    Limit<Integer> most,
    Limit<Integer> cluster,
    Limit<Rate> connectionRate,
    Limit<Rate> messageRate,
    Limit<Integer> recipients,
    Limit<Integer> messages,
    Limit<Duration> idle,
    Limit<Integer> idlePerHost) {
  /// Of all workers together, as long as nobody says otherwise.
  public static final int ANY_NUMBER = 1_000_000;

  /// What holds where nobody says anything.
  public static final Limits DEFAULT =
      standing(
          Limit.byDefault(20),
          Limit.byDefault(100),
          Limit.byDefault(Reuse.DEFAULT.messages()),
          Limit.byDefault(Reuse.DEFAULT.idle()),
          Limit.byDefault(Reuse.DEFAULT.perHost()));

  private static final int START = 5;

  /// These, and no others.
  public static Limits standing(
      Limit<Integer> most,
      Limit<Integer> recipients,
      Limit<Integer> messages,
      Limit<Duration> idle,
      Limit<Integer> idlePerHost) {
    return new Limits(
        Limit.byDefault(1),
        Limit.byDefault(START),
        most,
        Limit.byDefault(ANY_NUMBER),
        Limit.byDefault(Rate.UNLIMITED),
        Limit.byDefault(Rate.UNLIMITED),
        recipients,
        messages,
        idle,
        idlePerHost);
  }

  /// How far a connection to the site is used again.
  public Reuse reuse() {
    return new Reuse(messages.value(), idle.value(), idlePerHost.value());
  }

  /// Deliveries at a time of one of `workers`; at least one.
  int most(int workers) {
    return Math.min(most.value(), Math.max(1, cluster.value() / workers));
  }
}
