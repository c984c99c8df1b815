package io.posthouse.storage.mongo;

import io.posthouse.storage.mime.EncodedWords;
import io.posthouse.storage.mime.HeaderIndex;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.Document;

/// The field `headers`, which IMAP's SEARCH looks into.
final class HeaderList {
  private static final int LONGEST = 880;
  private static final Set<String> SEARCHED =
      Set.of(
          "to",
          "cc",
          "bcc",
          "subject",
          "from",
          "sender",
          "reply-to",
          "message-id",
          "thread-index",
          "list-id",
          "delivered-to");

  private HeaderList() {}

  static List<Document> of(HeaderIndex header) {
    return header.fields().stream()
        .filter(field -> SEARCHED.contains(field.name()))
        .map(field ->
            new Document("key", field.name()).append("value", value(field.name(), field.value())))
        .toList();
  }

  private static String value(String name, String value) {
    var decoded = EncodedWords.decode(value).toLowerCase(Locale.ROOT);
    if (name.equals("list-id") && decoded.contains("<"))
      decoded = decoded.substring(decoded.indexOf('<') + 1).replaceFirst(">.*", "");
    return shortened(decoded);
  }

  /// An index takes no longer value; the last characters go because one of them may be cut.
  private static String shortened(String value) {
    var octets = value.getBytes(StandardCharsets.UTF_8);
    if (octets.length < LONGEST) return value;
    var cut = new String(octets, 0, LONGEST, StandardCharsets.UTF_8);
    return cut.substring(0, cut.offsetByCodePoints(cut.length(), -4));
  }
}
