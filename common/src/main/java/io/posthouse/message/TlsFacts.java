package io.posthouse.message;

import java.util.Optional;
import java.util.regex.Pattern;

/// What the two ends of a TLS connection have agreed on, told as in the trace and in events.
///
/// @param version such as `TLSv1.3`
/// @param cipher the suite, by the name that whoever has ended TLS calls it; empty where nobody
///   told us
/// @param serverName the name the client asked for (SNI, RFC 6066 §3)
/// @param clientSubject the subject of the client's certificate, if it had one that was verified
public record TlsFacts(
    String version, String cipher, Optional<String> serverName, Optional<String> clientSubject) {
  // They stand in a comment of a trace line.
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._+-]{0,80}");

  public TlsFacts {
    if (version.isEmpty() || !WORD.matcher(version).matches())
      throw new IllegalArgumentException("tls version: " + version + " (expected: a short word)");
    if (!WORD.matcher(cipher).matches())
      throw new IllegalArgumentException("tls cipher: " + cipher + " (expected: a short word)");
  }

  /// With neither names nor certificates.
  public static TlsFacts of(String version, String cipher) {
    return new TlsFacts(version, cipher, Optional.empty(), Optional.empty());
  }

  /// `TLSv1.3:TLS_AES_128_GCM_SHA256`.
  @Override
  public String toString() {
    return cipher.isEmpty() ? version : version + ":" + cipher;
  }
}
