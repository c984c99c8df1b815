package io.posthouse.mongo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many passwords are hashed at a time. Each costs a core for up to a tenth of a second: with
/// more of them than cores, mail would wait for those who guess passwords.
public final class Hashing {
  private final Semaphore slots;
  private final Duration patience;

  /// @param patience how long one waits for its turn
  public Hashing(int atATime, Duration patience) {
    this.slots = new Semaphore(atATime, true);
    this.patience = patience;
  }

  /// One for each core but one, and two seconds of waiting.
  public static Hashing byDefault() {
    return new Hashing(
        Math.max(1, Runtime.getRuntime().availableProcessors() - 1), Duration.ofSeconds(2));
  }

  /// Whether the password is that of `hash`; empty when others were before us for too long.
  Optional<Boolean> matches(PasswordHash hash, String password) {
    if (!hasTurn()) return Optional.empty();
    try {
      return Optional.of(hash.matches(password));
    } finally {
      slots.release();
    }
  }

  private boolean hasTurn() {
    try {
      return slots.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
