package io.posthouse.storage.crypt;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;

/// Who can read a message: the owners of those certificates that are valid now and may be used to
/// encrypt (RFC 5280 §4.2.1.3).
final class SmimeRecipients {
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec(
          "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;

  private final Keys.KeyTransport keyTransport;
  private final Instant now;

  SmimeRecipients(Keys.KeyTransport keyTransport, Instant now) {
    this.keyTransport = keyTransport;
    this.now = now;
  }

  /// @throws UnusableKeys if there is none
  List<RecipientInfoGenerator> of(List<String> certificates) throws UnusableKeys {
    var recipients = new ArrayList<RecipientInfoGenerator>();
    var why = new ArrayList<String>();
    for (var pem : certificates) {
      try {
        recipients.add(recipient(certificate(pem)));
      } catch (GeneralSecurityException unusable) {
        why.add(String.valueOf(unusable.getMessage()));
      }
    }
    if (recipients.isEmpty())
      throw new UnusableKeys(
          "S/MIME: none of " + certificates.size() + " certificates can be used: " + why);
    return recipients;
  }

  private static X509Certificate certificate(String pem) throws CertificateException {
    var octets = pem.strip().getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(octets));
  }

  private RecipientInfoGenerator recipient(X509Certificate certificate)
      throws GeneralSecurityException {
    certificate.checkValidity(Date.from(now));
    return switch (certificate.getPublicKey()) {
      case RSAPublicKey _ -> rsa(certificate);
      case ECPublicKey key -> ellipticCurve(certificate, key);
      default ->
          throw new CertificateException(
              "key: " + certificate.getPublicKey().getAlgorithm() + " (expected: RSA or EC)");
    };
  }

  private RecipientInfoGenerator rsa(X509Certificate certificate) throws GeneralSecurityException {
    expect(certificate, KEY_ENCIPHERMENT, "key encipherment");
    var generator =
        switch (keyTransport) {
          case PKCS1 -> new JceKeyTransRecipientInfoGenerator(certificate);
          case OAEP ->
              new JceKeyTransRecipientInfoGenerator(
                  certificate,
                  new JcaAlgorithmParametersConverter()
                      .getAlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, OAEP));
        };
    return generator.setProvider(SmimeEncryption.PROVIDER);
  }

  /// With a key of our own for this message alone (RFC 5753 §3.1).
  private static RecipientInfoGenerator ellipticCurve(X509Certificate certificate, ECPublicKey key)
      throws GeneralSecurityException {
    expect(certificate, KEY_AGREEMENT, "key agreement");
    var ephemeral = keyPair(key);
    return new JceKeyAgreeRecipientInfoGenerator(
            CMSAlgorithm.ECDH_SHA256KDF,
            ephemeral.getPrivate(),
            ephemeral.getPublic(),
            CMSAlgorithm.AES256_WRAP)
        .addRecipient(certificate)
        .setProvider(SmimeEncryption.PROVIDER);
  }

  private static KeyPair keyPair(ECPublicKey key) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC", SmimeEncryption.PROVIDER);
    generator.initialize(key.getParams());
    return generator.generateKeyPair();
  }

  /// A certificate that does not say what it is for is for everything.
  private static void expect(X509Certificate certificate, int usage, String name)
      throws CertificateException {
    var usages = certificate.getKeyUsage();
    if (usages != null && !usages[usage])
      throw new CertificateException("certificate: not for " + name);
  }
}
