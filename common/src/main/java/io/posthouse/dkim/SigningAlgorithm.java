package io.posthouse.dkim;

import io.posthouse.message.Digests;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Optional;

/// How a signature is made, by the kind of key. SHA-1 is not among them (RFC 8301).
public enum SigningAlgorithm {
  /// RFC 6376 §3.3.1.
  RSA_SHA256("rsa-sha256", "rsa", "SHA256withRSA") {
    @Override
    byte[] signed(byte[] header) {
      return header;
    }
  },
  /// RFC 8463 §3: what is signed is the hash, and Ed25519 hashes that again.
  ED25519_SHA256("ed25519-sha256", "ed25519", "Ed25519") {
    @Override
    byte[] signed(byte[] header) {
      return Digests.sha256().digest(header);
    }
  };

  private static final String CURVE = "Ed25519";

  private final String tag;
  private final String keyType;
  private final String signature;

  SigningAlgorithm(String tag, String keyType, String signature) {
    this.tag = tag;
    this.keyType = keyType;
    this.signature = signature;
  }

  /// The one for a key, private or public; empty where there is none.
  static Optional<SigningAlgorithm> of(Key key) {
    return switch (key) {
      case RSAKey _ -> Optional.of(RSA_SHA256);
      case EdECKey ed when ed.getParams().getName().equals(CURVE) -> Optional.of(ED25519_SHA256);
      default -> Optional.empty();
    };
  }

  /// As in `k=` of a key record.
  public String keyType() {
    return keyType;
  }

  /// As in `a=`.
  @Override
  public String toString() {
    return tag;
  }

  /// What of the canonical header goes into the signature's own algorithm.
  abstract byte[] signed(byte[] header);

  byte[] sign(PrivateKey key, byte[] header) {
    try {
      var signer = Signature.getInstance(signature);
      signer.initSign(key);
      signer.update(signed(header));
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(this + ": " + e.getMessage(), e);
    }
  }

  /// Whether `made` is the signature of a canonical header.
  boolean verifies(PublicKey key, byte[] header, byte[] made) {
    try {
      var verifier = Signature.getInstance(signature);
      verifier.initVerify(key);
      verifier.update(signed(header));
      return verifier.verify(made);
    } catch (GeneralSecurityException notOfThisKey) {
      return false;
    }
  }
}
