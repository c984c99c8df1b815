package io.posthouse.storage.intake;

import io.posthouse.directory.UserId;
import io.posthouse.queue.Taken;
import io.posthouse.telemetry.MissingFeature;
import java.util.Set;

/// A message that was taken for one user and is not settled.
///
/// @param strikes how often it was in a batch that failed for no reason we know
/// @param missing what its user has that we do not know, where it is to be handed over for that
record Waiting(Taken taken, UserId user, int strikes, Set<MissingFeature> missing) {
  Waiting {
    missing = Set.copyOf(missing);
  }

  Waiting(Taken taken, UserId user) {
    this(taken, user, 0, Set.of());
  }

  long octets() {
    return taken.envelope().size();
  }

  /// After a failure nobody foresaw, a message is stored by itself, so that it takes nobody along.
  boolean isSuspect() {
    return strikes > 0;
  }

  Waiting struck() {
    return new Waiting(taken, user, strikes + 1, missing);
  }

  /// The same of some of its recipients.
  Waiting with(Taken part) {
    return new Waiting(part, user, strikes, missing);
  }

  Waiting handedOverFor(Set<MissingFeature> features) {
    return new Waiting(taken, user, 0, features);
  }
}
