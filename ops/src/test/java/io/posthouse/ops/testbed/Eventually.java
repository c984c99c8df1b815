package io.posthouse.ops.testbed;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// Waits for what must come; how long it may take on the slowest machine is said here, once.
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Eventually() {}

  /// Returns when the condition holds.
  public static void holds(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .pollDelay(Duration.ZERO)
        .until(condition);
  }

  /// Returns when the assertion passes; fails with what it said last.
  public static void passes(String what, org.awaitility.core.ThrowingRunnable assertion) {
    Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(BETWEEN_LOOKS)
        .pollDelay(Duration.ZERO)
        .untilAsserted(assertion);
  }
}
