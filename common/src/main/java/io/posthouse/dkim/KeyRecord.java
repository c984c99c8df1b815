package io.posthouse.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The public half of a key, as the DNS has it at `SELECTOR._domainkey.DOMAIN` (RFC 6376 §3.6.1).
public final class KeyRecord {
  private static final int ED25519_OCTETS = 32;
  private static final String ED25519_FRAME = "302a300506032b6570032100";
  private static final byte[] PROBE = "posthouse".getBytes(StandardCharsets.US_ASCII);

  private KeyRecord() {}

  /// What the DNS says of a key that signs.
  public enum Verdict {
    /// Whoever verifies finds it.
    OK,
    /// There is no record.
    MISSING,
    /// There is one, of a key that does not verify what ours signs.
    ANOTHER_KEY,
    /// There is one that takes the key back: its `p=` is empty.
    REVOKED,
    /// There is one that is no key record, or for something else than mail.
    UNREADABLE,
    /// There are several, and which one is believed nobody knows.
    SEVERAL
  }

  /// The record to publish.
  static String of(PublicKey key) {
    var algorithm =
        SigningAlgorithm.of(key)
            .orElseThrow(() -> new IllegalArgumentException("key: " + key.getAlgorithm()));
    var octets = key.getEncoded();
    // RFC 8463 §4: the key alone, without the frame that RSA keys have.
    var shown =
        algorithm == SigningAlgorithm.ED25519_SHA256
            ? Arrays.copyOfRange(octets, octets.length - ED25519_OCTETS, octets.length)
            : octets;
    return "v=DKIM1; k=%s; p=%s"
        .formatted(algorithm.keyType(), Base64.getEncoder().encodeToString(shown));
  }

  /// What verifiers make of these TXT records.
  public static Verdict check(SigningKey key, List<String> records) {
    if (records.isEmpty()) return Verdict.MISSING;
    if (records.size() > 1) return Verdict.SEVERAL;
    var tags = tags(records.getFirst());
    var published = tags.get("p");
    if (published == null || !isForMail(tags)) return Verdict.UNREADABLE;
    if (published.isEmpty()) return Verdict.REVOKED;
    if (!tags.getOrDefault("k", "rsa").equals(key.algorithm().keyType()))
      return Verdict.ANOTHER_KEY;
    return publicKey(published, key.algorithm())
        .map(found ->
            key.algorithm().verifies(found, PROBE, key.sign(PROBE))
                ? Verdict.OK
                : Verdict.ANOTHER_KEY)
        .orElse(Verdict.UNREADABLE);
  }

  private static boolean isForMail(Map<String, String> tags) {
    var services = List.of(tags.getOrDefault("s", "*").split(":"));
    var hashes = List.of(tags.getOrDefault("h", "sha256").split(":"));
    return tags.getOrDefault("v", "DKIM1").equals("DKIM1")
        && (services.contains("*") || services.contains("email"))
        && hashes.contains("sha256");
  }

  private static Map<String, String> tags(String record) {
    var tags = new HashMap<String, String>();
    for (var tag : record.split(";")) {
      var equals = tag.indexOf('=');
      if (equals > 0)
        tags.put(
            tag.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            tag.substring(equals + 1).replaceAll("\\s", ""));
    }
    return tags;
  }

  private static Optional<PublicKey> publicKey(String base64, SigningAlgorithm algorithm) {
    try {
      var octets = Base64.getDecoder().decode(base64);
      return Optional.of(
          switch (algorithm) {
            case RSA_SHA256 -> key("RSA", octets);
            case ED25519_SHA256 ->
                key(
                    "Ed25519",
                    HexFormat.of().parseHex(ED25519_FRAME + HexFormat.of().formatHex(octets)));
          });
    } catch (GeneralSecurityException | IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  private static PublicKey key(String kind, byte[] octets) throws GeneralSecurityException {
    return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(octets));
  }
}
