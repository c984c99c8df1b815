package io.posthouse.storage.crypt;

import java.util.List;

/// Whom mail is encrypted for, as the user gave it to WildDuck; nobody has looked at it yet.
public sealed interface Keys {
  /// OpenPGP public keys.
  ///
  /// @param armoured one block or several (RFC 9580 §6.2)
  record OpenPgp(String armoured) implements Keys {}

  /// X.509 certificates.
  ///
  /// @param certificates in PEM, one each; mail is encrypted for all of them
  record Smime(List<String> certificates, Cipher cipher, KeyTransport keyTransport)
      implements Keys {
    public Smime {
      certificates = List.copyOf(certificates);
    }
  }

  /// What the content is encrypted with.
  enum Cipher {
    /// AES-256 in CBC, which every client reads (enveloped-data).
    AES_CBC,
    /// AES-256 in GCM (RFC 5084, authEnveloped-data).
    AES_GCM
  }

  /// How an RSA key takes the content's key.
  enum KeyTransport {
    /// RSAES-PKCS1-v1_5, which every client reads.
    PKCS1,
    /// RSAES-OAEP with SHA-256 (RFC 3560).
    OAEP
  }
}
