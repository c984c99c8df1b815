package io.posthouse.delivery.policy;

/// What came of asking for a policy about a host; a label of metrics.
public enum Finding {
  /// There is one, and it is kept.
  ENFORCED,
  /// There is one, and it is only tested.
  TESTED,
  /// There is none.
  NONE,
  /// Nothing proves the records of the host, so none is asked for.
  INSECURE,
  /// There are records, none of which can be used: TLS, whatever the certificate.
  UNUSABLE,
  /// There is one, and it does not name the host.
  NOT_NAMED,
  /// Only tested, it does not name the host.
  TESTED_NOT_NAMED,
  /// There may be one, and we could not learn which.
  UNANSWERED
}
