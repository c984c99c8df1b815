package io.posthouse.node;

import io.posthouse.message.QueueId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Beats for tests.
public final class Beats {
  public static final Instant NOW = Instant.parse("2026-03-02T08:15:00Z");
  public static final QueueId FIRST = new QueueId("0gm3w1v7h8n4tkd");
  public static final QueueId SECOND = new QueueId("0gm3w1v7h8n4tke");

  private Beats() {}

  /// A worker that is ready, and has all kinds of things to tell.
  public static Beat worker(String node) {
    return of(node, NodeRole.DELIVER, NodeState.READY, "", busy());
  }

  public static Beat of(String node, NodeRole role, NodeState state, String trouble, Work work) {
    return new Beat(
        new Identity(node, Set.of(role), "0.6.0", NOW.minusSeconds(3_600), node + ":9400"),
        NOW.minusSeconds(3),
        state,
        NOW.minusSeconds(600),
        trouble,
        work);
  }

  /// One message on its way, one that waits, a site that is full and a breaker that is open.
  public static Work busy() {
    return new Work(
        Some.of(
            List.of(
                new InFlight(
                    FIRST,
                    "example.net",
                    "mx1.example.net:25,mx2.example.net:25",
                    "mx1.example.net[192.0.2.1]:25",
                    NOW.minusSeconds(15)))),
        Some.of(
            List.of(
                new Waiting(
                    SECOND,
                    "example.net",
                    "mx1.example.net:25,mx2.example.net:25",
                    3,
                    NOW.minusSeconds(4)))),
        Some.of(
            List.of(
                new BusySite(
                    "mx1.example.net:25,mx2.example.net:25",
                    20,
                    20,
                    11,
                    "slowed down by too-fast",
                    Optional.of(NOW.plusSeconds(60))))),
        Some.of(
            List.of(
                new ShutRoad(
                    ShutRoad.Kind.ADDRESS,
                    "mx2.example.net[2001:db8::2]:25",
                    "open",
                    "connection refused",
                    NOW.plusSeconds(45)))));
  }
}
