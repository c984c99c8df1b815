package io.posthouse.dkim;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads private keys from PEM: PKCS #8 (RSA, Ed25519) and PKCS #1 (RSA). A bare Ed25519 seed in
/// base64, as RFC 8463 §A.2 prints it, is read too.
public final class PrivateKeys {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN (?<what>[A-Z0-9 ]*PRIVATE KEY)-----(?<base64>[^-]*)-----END \\k<what>-----");
  private static final int SEED = 32;
  // Version 0 and the algorithm, as PKCS #8 (RFC 5208 §5, RFC 8410 §7) begins.
  private static final byte[] RSA = hex("020100300d06092a864886f70d0101010500");
  private static final byte[] ED25519 = hex("020100300506032b6570");
  private static final byte OCTET_STRING = 0x04;
  private static final byte SEQUENCE = 0x30;

  private PrivateKeys() {}

  /// The first key in a text.
  ///
  /// @throws IllegalArgumentException if there is none that can be used; never shows the text
  public static PrivateKey read(String text) {
    var pem = PEM.matcher(text);
    if (!pem.find()) return seed(text).orElseThrow(() -> problem("no private key in PEM"));
    var octets = base64(pem.group("base64").replaceAll("(?m)^\\S+:.*$", ""));
    return switch (pem.group("what")) {
      case "PRIVATE KEY" -> pkcs8(octets);
      case "RSA PRIVATE KEY" -> pkcs8(sequence(RSA, element(OCTET_STRING, octets)));
      case "ENCRYPTED PRIVATE KEY" -> throw problem("an encrypted private key");
      default -> throw problem("a key of another kind: " + pem.group("what"));
    };
  }

  private static Optional<PrivateKey> seed(String text) {
    try {
      var octets = Base64.getDecoder().decode(text.strip());
      if (octets.length != SEED) return Optional.empty();
      var wrapped = element(OCTET_STRING, element(OCTET_STRING, octets));
      return Optional.of(pkcs8(sequence(ED25519, wrapped)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static PrivateKey pkcs8(byte[] octets) {
    for (var algorithm : List.of("RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
      } catch (GeneralSecurityException another) {
        // The next one may know it.
      }
    }
    throw problem("a key that is neither RSA nor Ed25519, or damaged");
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw problem("a key that is not base64");
    }
  }

  private static byte[] sequence(byte[] begin, byte[] end) {
    var inner = Arrays.copyOf(begin, begin.length + end.length);
    System.arraycopy(end, 0, inner, begin.length, end.length);
    return element(SEQUENCE, inner);
  }

  /// DER: tag, length, value (X.690 §8.1).
  private static byte[] element(byte tag, byte[] value) {
    var der = ByteBuffer.allocate(value.length + 6).put(tag);
    if (value.length < 0x80) der.put((byte) value.length);
    else if (value.length < 0x100) der.put((byte) 0x81).put((byte) value.length);
    else if (value.length < 0x10000) der.put((byte) 0x82).putShort((short) value.length);
    else throw problem("a key that is too long");
    der.put(value);
    return Arrays.copyOf(der.array(), der.position());
  }

  private static IllegalArgumentException problem(String found) {
    return new IllegalArgumentException(
        found + " (expected: PEM, PKCS #8 without a password or PKCS #1, RSA or Ed25519)");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
