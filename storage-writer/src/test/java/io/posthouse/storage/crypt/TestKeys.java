package io.posthouse.storage.crypt;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPMessageProcessor;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Keys that tests make, and what they decrypt.
public final class TestKeys {
  private static final String USER = "Alice <alice@example.test>";

  private TestKeys() {}

  public static OpenPGPKey curve25519() {
    return made(() -> new BcOpenPGPApi().generateKey(4).ed25519x25519Key(USER).build());
  }

  static OpenPGPKey rsa() {
    return made(() -> new BcOpenPGPApi().generateKey(4).singletonRSAKey(2048, USER).build());
  }

  static OpenPGPKey forSigningOnly() {
    return made(() -> new BcOpenPGPApi().generateKey(4).signOnlyKey().build());
  }

  /// What its owner gives to others.
  public static String armoured(OpenPGPKey key) {
    return made(() -> key.toCertificate().toAsciiArmoredString());
  }

  /// The content of the armoured block in a message.
  public static String decrypted(OpenPGPKey key, String message) {
    var block = message.substring(message.indexOf("-----BEGIN PGP MESSAGE-----"));
    return made(() -> {
      var input = new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1));
      try (var clear = new OpenPGPMessageProcessor().addDecryptionKey(key).process(input)) {
        return new String(clear.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    });
  }

  static KeyPair keyPair(String algorithm, int size) {
    return made(() -> {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    });
  }

  /// A certificate in PEM, for encryption.
  static String certificate(KeyPair key, Instant from, Instant until) {
    return certificate(key, from, until, KeyUsage.keyEncipherment | KeyUsage.keyAgreement);
  }

  static String certificate(KeyPair key, Instant from, Instant until, int usage) {
    var name = new X500Principal("CN=Alice");
    var algorithm =
        key.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    return made(() -> {
      var certificate =
          new JcaX509v3CertificateBuilder(
                  name, BigInteger.ONE, Date.from(from), Date.from(until), name, key.getPublic())
              .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
              .build(new JcaContentSignerBuilder(algorithm).build(key.getPrivate()));
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    });
  }

  static Keys.Smime smime(String... certificates) {
    return new Keys.Smime(List.of(certificates), Keys.Cipher.AES_CBC, Keys.KeyTransport.PKCS1);
  }

  private interface Making<T> {
    T make() throws PGPException, IOException, GeneralSecurityException, OperatorCreationException;
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (PGPException | IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }
}
