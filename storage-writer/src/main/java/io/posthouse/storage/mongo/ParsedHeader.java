package io.posthouse.storage.mongo;

import io.posthouse.storage.mime.Addresses;
import io.posthouse.storage.mime.HeaderIndex;
import io.posthouse.storage.mime.StructuredValue;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/// The field `parsedHeader` of a part.
final class ParsedHeader {
  private static final Set<String> ADDRESSES =
      Set.of("from", "sender", "reply-to", "to", "cc", "bcc");
  private static final Set<String> SINGLE =
      Set.of(
          "in-reply-to",
          "message-id",
          "content-transfer-encoding",
          "content-id",
          "content-description",
          "content-language",
          "content-md5",
          "content-location");

  private ParsedHeader() {}

  static Document of(HeaderIndex header) {
    var parsed = new Document();
    header.all().forEach((name, values) -> parsed.append(name, value(name, values)));
    parsed.append("content-type", structured(header.contentType()));
    header.contentDisposition().ifPresent(d -> parsed.append("content-disposition", structured(d)));
    return parsed;
  }

  private static Object value(String name, List<String> values) {
    if (ADDRESSES.contains(name)) return addresses(values);
    return SINGLE.contains(name) || values.size() == 1 ? values.getLast() : values;
  }

  private static List<Document> addresses(List<String> values) {
    return Addresses.parse(String.join(", ", values)).stream().map(ParsedHeader::mailbox).toList();
  }

  private static Document mailbox(Addresses.Entry entry) {
    return switch (entry) {
      case Addresses.Mailbox(var name, var address) ->
          new Document("address", address).append("name", name);
      case Addresses.Group(var name, var members) ->
          new Document("name", name)
              .append(
                  "group",
                  members.stream()
                      .map(m -> new Document("address", m.address()).append("name", m.name()))
                      .toList());
    };
  }

  private static Document structured(StructuredValue value) {
    var params = new Document();
    // A parameter's name comes from the sender; in a document it must not look like a path.
    value.parameters().forEach((name, v) -> params.append(name.replaceAll("[.$\0]", "_"), v));
    var structured =
        new Document("value", value.value())
            .append("type", value.type())
            .append("subtype", value.subtype())
            .append("params", params);
    if (!params.isEmpty()) structured.append("hasParams", true);
    return structured;
  }
}
