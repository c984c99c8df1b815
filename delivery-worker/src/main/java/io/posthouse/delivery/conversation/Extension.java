package io.posthouse.delivery.conversation;

/// A service extension that a host may announce and that we make use of.
enum Extension {
  PIPELINING,
  SIZE,
  EIGHT_BIT_MIME,
  SMTPUTF8,
  CHUNKING,
  BINARYMIME,
  DSN,
  STARTTLS,
  REQUIRETLS;

  /// As in the reply to EHLO.
  String keyword() {
    return this == EIGHT_BIT_MIME ? "8BITMIME" : name();
  }
}
