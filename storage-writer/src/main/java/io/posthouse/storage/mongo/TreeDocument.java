package io.posthouse.storage.mongo;

import static java.util.stream.Collectors.toCollection;

import io.posthouse.message.Octets;
import io.posthouse.storage.mime.LaidOut;
import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimePart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;

/// The fields `mimeTree` and `attachments`, and the bodies that are stored on their own: everything
/// but text, and text that would make the document long.
final class TreeDocument {
  private static final int LONGEST_TEXT = 300 * 1024;
  private static final int MOST_TEXT = 4 << 20;
  private static final String UNKNOWN = "application/octet-stream";

  private final Message message;
  private final Map<Binary, StoredBody> bodies = new LinkedHashMap<>();
  private final List<Document> attachments = new ArrayList<>();
  private final Document attachmentMap = new Document();
  private final Map<String, String> contentIds = new HashMap<>();
  private final Document root;
  private int textKept;
  private boolean hasAttachment;

  TreeDocument(LaidOut laidOut) {
    this.message = laidOut.message();
    this.root = node(laidOut.root(), false).append("attachmentMap", attachmentMap);
    // WildDuck adds up the sizes of the parts, and serves no more than their sum.
    if (laidOut.isHeaderAlone()) root.getList("header", String.class).add("");
    else root.append("size", Fields.number(root, "size") + laidOut.served() - laidOut.size());
    laidOut
        .wholeBody()
        .map(message::octets)
        .map(Fields::binary)
        .ifPresent(b -> root.append("body", b));
  }

  Document root() {
    return root;
  }

  List<Document> attachments() {
    return attachments;
  }

  /// Ids of attachments by Content-ID, without angle brackets.
  Map<String, String> contentIds() {
    return contentIds;
  }

  /// Whether one of them is more than a picture within a page.
  boolean hasAttachment() {
    return hasAttachment;
  }

  /// Each body once.
  List<StoredBody> bodies() {
    return List.copyOf(bodies.values());
  }

  private Document node(MimePart part, boolean related) {
    var node =
        new Document(
                "header",
                part.fields().stream().map(message::latin1).collect(toCollection(ArrayList::new)))
            .append("parsedHeader", ParsedHeader.of(part.header()));
    return switch (part) {
      case MimePart.Leaf leaf -> leaf(node, leaf, related);
      case MimePart.Multipart multipart -> multipart(node, multipart, related);
    };
  }

  private Document multipart(Document node, MimePart.Multipart part, boolean related) {
    var type = part.header().contentType();
    var within = related || type.subtype().equals("related");
    var preamble = message.octets(part.preamble());
    return node.append("body", Fields.binary(preamble))
        .append("multipart", type.subtype())
        .append("boundary", part.boundary())
        .append("lineCount", message.lines(part.preamble()))
        .append("size", preamble.length())
        .append("childNodes", part.children().stream().map(c -> node(c, within)).toList());
  }

  private Document leaf(Document node, MimePart.Leaf part, boolean related) {
    var octets = message.octets(part.body());
    node.append("multipart", false)
        .append("boundary", false)
        .append("lineCount", message.lines(part.body()))
        .append("size", octets.length());
    if (isKeptHere(part, octets)) {
      textKept += octets.length();
      node.append("body", Fields.binary(octets));
    } else {
      node.append("body", false).append("attachmentId", attachment(part, octets, related));
    }
    part.message().ifPresent(message -> node.append("message", node(message, related)));
    return node;
  }

  private boolean isKeptHere(MimePart.Leaf part, Octets octets) {
    if (octets.length() == 0) return true;
    return part.isText()
        && octets.length() <= LONGEST_TEXT
        && textKept + octets.length() <= MOST_TEXT;
  }

  private String attachment(MimePart.Leaf part, Octets octets, boolean related) {
    var id = "ATT%05d".formatted(attachmentMap.size() + 1);
    var named = part.header().contentType().value();
    var type = named.isEmpty() ? UNKNOWN : named;
    var body = StoredBody.of(octets, type, part.transferEncoding());
    bodies.putIfAbsent(body.id(), body);
    attachmentMap.append(id, body.id());
    if (!part.isText()) {
      attachments.add(AttachmentEntry.of(id, part, body, related));
      part.header().last("content-id").ifPresent(cid -> contentIds.putIfAbsent(bare(cid), id));
      hasAttachment |= !related;
    }
    return id;
  }

  private static String bare(String contentId) {
    var bracketed = contentId.startsWith("<") && contentId.endsWith(">");
    return bracketed ? contentId.substring(1, contentId.length() - 1) : contentId;
  }
}
