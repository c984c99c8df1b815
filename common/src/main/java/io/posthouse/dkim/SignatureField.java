package io.posthouse.dkim;

import io.posthouse.address.Domain;
import io.posthouse.message.Octets;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Writes `DKIM-Signature` fields (RFC 6376 §3.5) of one message, one for each key.
///
/// @param domain who signs (`d=`)
record SignatureField(
    SigningRules rules,
    Domain domain,
    SignedFields.Selection selection,
    Octets bodyHash,
    Instant now) {
  private static final int GOOD_LINE = 76;
  private static final String FOLD = "\r\n\t";

  /// A field with its line end.
  String signedWith(SigningKey key) {
    var unsigned = unsigned(key);
    var signature = key.sign(hashed(rules.header(), selection.fields(), unsigned));
    return unsigned + folded(base64(signature), "b=".length()) + "\r\n";
  }

  /// The octets that are signed: the fields, and the signature itself without its value and line
  /// end (§3.7).
  static byte[] hashed(
      Canonicalization canonicalization, List<HeaderField> fields, String unsigned) {
    var canonical = new ByteArrayOutputStream();
    for (var field : fields) canonicalization.write(field, canonical);
    canonicalization.write(HeaderField.of(Octets.utf8(unsigned)).orElseThrow(), canonical);
    return Arrays.copyOf(canonical.toByteArray(), canonical.size() - "\r\n".length());
  }

  private String unsigned(SigningKey key) {
    return "DKIM-Signature: v=1; a=%s; c=%s/%s;"
            .formatted(key.algorithm(), rules.header(), rules.body())
        + FOLD
        + "d=%s; s=%s;".formatted(domain, key.selector())
        + FOLD
        + time()
        + FOLD
        + "h="
        + names()
        + ";"
        + FOLD
        + "bh="
        + base64(bodyHash.sharedArray())
        + ";"
        + FOLD
        + "b=";
  }

  private String time() {
    var time = "t=%d;".formatted(now.getEpochSecond());
    return rules
        .expiresAfter()
        .map(life -> time + " x=%d;".formatted(now.plus(life).getEpochSecond()))
        .orElse(time);
  }

  private String names() {
    var text = new StringBuilder();
    int column = "h=".length();
    for (var name : selection.names()) {
      if (!text.isEmpty()) text.append(':');
      if (column + name.length() > GOOD_LINE && !text.isEmpty()) {
        text.append(FOLD).append(' ');
        column = 1;
      }
      text.append(name);
      column += name.length() + 1;
    }
    return text.toString();
  }

  private static String folded(String base64, int column) {
    var text = new StringBuilder();
    int room = GOOD_LINE - column;
    for (int at = 0; at < base64.length(); at += room) {
      if (at > 0) text.append(FOLD).append(' ');
      text.append(base64, at, Math.min(base64.length(), at + room));
    }
    return text.toString();
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
