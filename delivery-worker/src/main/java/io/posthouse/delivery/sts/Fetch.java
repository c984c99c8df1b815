package io.posthouse.delivery.sts;

/// What came of asking a policy host; a label of metrics.
public enum Fetch {
  FETCHED,
  /// It could not be reached, or did not give us what we asked for.
  FAILED,
  /// Its certificate is no good.
  NOT_TRUSTED,
  /// What it gave is no policy.
  INVALID
}
