package io.posthouse.storage.intake;

import io.posthouse.directory.UserId;
import io.posthouse.queue.Taken;

/// A message that was taken for one user and is not settled.
///
/// @param strikes how often it was in a batch that failed for no reason we know
record Waiting(Taken taken, UserId user, int strikes) {

  long octets() {
    return taken.envelope().size();
  }

  /// After a failure nobody foresaw, a message is stored by itself, so that it takes nobody along.
  boolean isSuspect() {
    return strikes > 0;
  }

  Waiting struck() {
    return new Waiting(taken, user, strikes + 1);
  }
}
