package io.posthouse.edge.session;

/// For whom a listener is.
public enum ListenerKind {
  /// Other hosts, port 25.
  MX,
  /// Our users, port 587: TLS by STARTTLS, then AUTH (RFC 6409).
  SUBMISSION,
  /// Our users, port 465: TLS from the first octet (RFC 8314).
  SUBMISSIONS,
  /// Hosts that want an answer for each recipient (RFC 2033).
  LMTP;

  public boolean isSubmission() {
    return this == SUBMISSION || this == SUBMISSIONS;
  }
}
