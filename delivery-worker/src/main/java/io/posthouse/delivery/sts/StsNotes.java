package io.posthouse.delivery.sts;

import io.posthouse.address.Domain;

/// Hears of each fetch.
@FunctionalInterface
public interface StsNotes {
  /// Something came of asking the policy host of `domain`.
  ///
  /// @param why it is no policy; empty if it is
  void fetched(Domain domain, Fetch result, String why);
}
