package io.posthouse.storage.crypt;

import io.posthouse.message.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/// S/MIME (RFC 8551): the content in CMS enveloped-data, or authEnveloped-data for AES-GCM, for
/// every certificate that can be used.
final class SmimeEncryption {
  static final Provider PROVIDER = new BouncyCastleProvider();

  private static final Base64.Encoder LINES = Base64.getMimeEncoder();

  private SmimeEncryption() {}

  static Octets encrypt(ClearMessage message, Keys.Smime keys, Instant now) throws UnusableKeys {
    var recipients = new SmimeRecipients(keys.keyTransport(), now).of(keys.certificates());
    var entity = new CMSProcessableByteArray(message.entity().sharedArray());
    try {
      return switch (keys.cipher()) {
        case AES_CBC -> {
          var generator = new CMSEnvelopedDataGenerator();
          recipients.forEach(generator::addRecipientInfoGenerator);
          yield mime(message, "enveloped-data", cbc(generator, entity));
        }
        case AES_GCM -> {
          var generator = new CMSAuthEnvelopedDataGenerator();
          recipients.forEach(generator::addRecipientInfoGenerator);
          yield mime(message, "authEnveloped-data", gcm(generator, entity));
        }
      };
    } catch (CMSException e) {
      throw new UnusableKeys("S/MIME: " + e.getMessage());
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
  }

  private static byte[] cbc(CMSEnvelopedDataGenerator generator, CMSTypedData entity)
      throws CMSException, IOException {
    var encryptor =
        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).setProvider(PROVIDER).build();
    return generator.generate(entity, encryptor).toASN1Structure().getEncoded("DER");
  }

  private static byte[] gcm(CMSAuthEnvelopedDataGenerator generator, CMSTypedData entity)
      throws CMSException, IOException {
    var encryptor =
        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM).setProvider(PROVIDER).build();
    return generator
        .generate(entity, (OutputAEADEncryptor) encryptor)
        .toASN1Structure()
        .getEncoded("DER");
  }

  private static Octets mime(ClearMessage message, String type, byte[] der) {
    var header =
        message.outerHeader()
            + """
            Content-Type: application/pkcs7-mime; smime-type=%s; name="smime.p7m"
            Content-Disposition: attachment; filename="smime.p7m"
            Content-Transfer-Encoding: base64

            """
                .formatted(type)
                .replace("\n", "\r\n");
    return Octets.of(header.getBytes(StandardCharsets.ISO_8859_1))
        .then(Octets.of(LINES.encode(der)))
        .then(Octets.utf8("\r\n"));
  }
}
