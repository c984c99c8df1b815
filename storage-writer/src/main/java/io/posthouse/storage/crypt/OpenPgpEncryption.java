package io.posthouse.storage.crypt;

import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;

/// OpenPGP/MIME (RFC 3156 §4), in what every client reads: AES-256, integrity by SEIPD version 1
/// (RFC 9580 §5.13.1), not compressed.
final class OpenPgpEncryption {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BUFFER = 1 << 16;

  private OpenPgpEncryption() {}

  static Octets encrypt(ClearMessage message, Keys.OpenPgp keys, Instant now) throws UnusableKeys {
    var generator = generator(OpenPgpKeys.usable(keys.armoured(), now));
    var boundary = "posthouse-" + UUID.randomUUID();
    var out = new ByteArrayOutputStream();
    try {
      write(out, message.outerHeader() + head(boundary));
      armour(generator, message.entity(), out);
      write(out, "\r\n--" + boundary + "--\r\n");
    } catch (PGPException e) {
      throw new UnusableKeys("OpenPGP key: " + e.getMessage());
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return Octets.of(out.toByteArray());
  }

  private static PGPEncryptedDataGenerator generator(Iterable<PGPPublicKey> keys) {
    var generator =
        new PGPEncryptedDataGenerator(
            new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .setWithIntegrityPacket(true)
                .setSecureRandom(RANDOM));
    for (var key : keys)
      generator.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(key).setSecureRandom(RANDOM));
    return generator;
  }

  private static void armour(PGPEncryptedDataGenerator generator, Octets entity, OutputStream out)
      throws IOException, PGPException {
    var armour = ArmoredOutputStream.builder().clearHeaders().build(new Crlf(out));
    try (armour;
        var encrypted = generator.open(armour, new byte[BUFFER])) {
      var literals = new PGPLiteralDataGenerator();
      try (var literal =
          literals.open(
              encrypted, PGPLiteralData.BINARY, "", PGPLiteralData.NOW, new byte[BUFFER])) {
        entity.writeTo(literal);
      }
    }
  }

  private static String head(String boundary) {
    return """
    Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";
     boundary="%1$s"

    --%1$s
    Content-Type: application/pgp-encrypted

    Version: 1

    --%1$s
    Content-Type: application/octet-stream; name="encrypted.asc"
    Content-Disposition: inline; filename="encrypted.asc"

    """
        .formatted(boundary)
        .replace("\n", "\r\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Armour has the line ends of the machine; mail has its own.
  private static final class Crlf extends FilterOutputStream {
    Crlf(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      if (octet == '\r') return;
      if (octet == '\n') out.write('\r');
      out.write(octet);
    }
  }
}
