package io.posthouse.dkim;

import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks the signatures of a whole message as RFC 6376 §6.1 has it, as far as a test of a signer
/// needs: it knows no DNS and no clock.
final class Verification {
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Function<String, @Nullable String> dns;
  private final List<HeaderField> fields = new ArrayList<>();
  private final byte[] body;

  private Verification(byte[] message, Function<String, @Nullable String> dns) {
    this.dns = dns;
    this.body = Arrays.copyOfRange(message, header(message), message.length);
  }

  /// Whether each signature that has a key is good, from the top.
  ///
  /// @param dns the TXT record at a name, or null
  static List<Boolean> of(byte[] message, Function<String, @Nullable String> dns) {
    var verification = new Verification(message, dns);
    return verification.fields.stream()
        .filter(field -> field.name().equals("dkim-signature"))
        .filter(field -> verification.record(tags(field.value())) != null)
        .map(verification::isGood)
        .toList();
  }

  /// The tags of a signature or of a key record.
  static Map<String, String> tags(String value) {
    var tags = new HashMap<String, String>();
    for (var tag : value.split(";")) {
      var equals = tag.indexOf('=');
      if (equals > 0) tags.put(tag.substring(0, equals).strip(), tag.substring(equals + 1).strip());
    }
    return tags;
  }

  static String withoutBlanks(String text) {
    return text.replaceAll("[ \t\r\n]", "");
  }

  private boolean isGood(HeaderField signature) {
    var tags = tags(signature.value());
    var how = (tags.getOrDefault("c", "simple") + "/simple").split("/");
    var record = String.valueOf(record(tags));
    var algorithm =
        tag(tags, "a").equals("rsa-sha256")
            ? SigningAlgorithm.RSA_SHA256
            : SigningAlgorithm.ED25519_SHA256;
    return Arrays.equals(
            decoded(tag(tags, "bh")), bodyHash(named(how[1]), Optional.ofNullable(tags.get("l"))))
        && algorithm.verifies(
            key(tag(tags(record), "p"), algorithm),
            SignatureField.hashed(named(how[0]), chosen(tag(tags, "h")), emptied(signature)),
            decoded(tag(tags, "b")));
  }

  private static String tag(Map<String, String> tags, String name) {
    return tags.getOrDefault(name, "");
  }

  private @Nullable String record(Map<String, String> tags) {
    return dns.apply(tags.get("s") + "._domainkey." + tags.get("d"));
  }

  private byte[] bodyHash(Canonicalization how, Optional<String> limit) {
    var canonical = new ByteArrayOutputStream();
    var passing = new CanonicalBody(how, canonical::write);
    passing.take(body, 0, body.length);
    passing.end();
    var octets = canonical.toByteArray();
    return sha256(limit.map(l -> Arrays.copyOf(octets, Integer.parseInt(l))).orElse(octets));
  }

  /// From the bottom, each once; a name too many stands for nothing.
  private List<HeaderField> chosen(String names) {
    var left = new ArrayList<>(fields);
    var chosen = new ArrayList<HeaderField>();
    for (var name : withoutBlanks(names).toLowerCase(Locale.ROOT).split(":")) {
      for (int i = left.size() - 1; i >= 0; i--) {
        if (!left.get(i).name().equals(name)) continue;
        chosen.add(left.remove(i));
        break;
      }
    }
    return chosen;
  }

  private static String emptied(HeaderField signature) {
    var text = new String(signature.octets().toArray(), StandardCharsets.ISO_8859_1);
    return text.replaceFirst("\r\n$", "").replaceFirst("(?s)([;:]\\s*b\\s*=)[^;]*", "$1");
  }

  private int header(byte[] message) {
    int begin = 0;
    int at = 0;
    while (at < message.length) {
      int end = lineEnd(message, at);
      boolean empty = end - at == 2 && message[at] == '\r';
      boolean folded = message[at] == ' ' || message[at] == '\t';
      if (!folded && at > begin) {
        HeaderField.of(Octets.of(Arrays.copyOfRange(message, begin, at))).ifPresent(fields::add);
        begin = at;
      }
      at = end;
      if (empty) return at;
    }
    HeaderField.of(Octets.of(Arrays.copyOfRange(message, begin, at))).ifPresent(fields::add);
    return at;
  }

  private static int lineEnd(byte[] message, int from) {
    int at = from;
    while (at < message.length && message[at] != '\n') at++;
    return Math.min(message.length, at + 1);
  }

  /// As RFC 6376 §3.6.1 has it, or without the frame around it, as its example has.
  private static PublicKey rsa(byte[] octets) throws GeneralSecurityException {
    var factory = KeyFactory.getInstance("RSA");
    try {
      return factory.generatePublic(new X509EncodedKeySpec(octets));
    } catch (InvalidKeySpecException bare) {
      var begin = HexFormat.of().parseHex("30819f300d06092a864886f70d010101050003818d00");
      begin[2] = (byte) (octets.length + 19);
      begin[20] = (byte) (octets.length + 1);
      return factory.generatePublic(new X509EncodedKeySpec(joined(begin, octets)));
    }
  }

  private static byte[] joined(byte[] begin, byte[] end) {
    var all = Arrays.copyOf(begin, begin.length + end.length);
    System.arraycopy(end, 0, all, begin.length, end.length);
    return all;
  }

  private static Canonicalization named(String name) {
    return Canonicalization.valueOf(withoutBlanks(name).toUpperCase(Locale.ROOT));
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(withoutBlanks(base64));
  }

  private static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicKey key(String base64, SigningAlgorithm algorithm) {
    try {
      var octets = decoded(base64);
      if (algorithm == SigningAlgorithm.RSA_SHA256) return rsa(octets);
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(joined(ED25519, octets)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
