package io.posthouse.smtp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A way to log in (RFC 4422), by its registered name.
public enum SaslMechanism {
  /// RFC 4616.
  PLAIN,
  /// Never standardised, and still what many clients know.
  LOGIN,
  /// RFC 7677.
  SCRAM_SHA_256,
  /// The same, bound to the TLS connection (RFC 5802 §6).
  SCRAM_SHA_256_PLUS,
  /// The forerunner of OAUTHBEARER.
  XOAUTH2,
  /// RFC 7628.
  OAUTHBEARER;

  /// As AUTH and EHLO say it: `SCRAM-SHA-256`.
  public String wireName() {
    return name().replace('_', '-');
  }

  /// The mechanism a client means; upper and lower case are the same (RFC 4422 §3.1).
  public static Optional<SaslMechanism> named(String wireName) {
    var wanted = wireName.toUpperCase(Locale.ROOT);
    return Arrays.stream(values()).filter(m -> m.wireName().equals(wanted)).findFirst();
  }

  /// Whether it hands a token of an authorization server over.
  public boolean takesToken() {
    return this == XOAUTH2 || this == OAUTHBEARER;
  }
}
