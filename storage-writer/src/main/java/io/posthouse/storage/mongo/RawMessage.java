package io.posthouse.storage.mongo;

import io.posthouse.message.Digests;
import io.posthouse.message.Octets;
import io.posthouse.storage.mime.Edit;
import io.posthouse.storage.mime.EditedOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/// A stored message, made again from its tree as WildDuck does, then edited into the one that came.
final class RawMessage {
  private static final String CRLF = "\r\n";

  private final Bodies bodies;
  private final Document message;
  private final Document tree;
  private boolean first = true;

  RawMessage(Bodies bodies, Document message) {
    this.bodies = bodies;
    this.message = message;
    this.tree = message.get("mimeTree", Document.class);
  }

  /// Writes all of it.
  ///
  /// @throws IOException at the end if it was not what we had stored
  void writeTo(OutputStream to) throws IOException {
    var ours = message.get(Fields.OURS, new Document());
    var digested = new DigestOutputStream(to, Digests.sha256());
    rebuild(digested);
    var expected = ours.get("sha256", Binary.class);
    if (expected != null
        && !MessageDigest.isEqual(digested.getMessageDigest().digest(), expected.getData()))
      throw new IOException("message: damaged (expected: the octets that were stored)");
  }

  /// Writes all of it, as it is.
  void rebuild(OutputStream to) throws IOException {
    var ours = message.get(Fields.OURS, new Document());
    var out = new EditedOutput(to, edits(ours));
    part(tree, ours.getBoolean("whole", false), out);
    out.finish();
  }

  /// @param whole whether all that came after the header stands in the place of the preamble
  private void part(Document node, boolean whole, OutputStream out) throws IOException {
    newLine(out);
    text(String.join(CRLF, node.getList("header", String.class)) + CRLF, out);
    if (whole) leaf(node, out);
    else if (node.get("boundary") instanceof String boundary) multipart(node, boundary, out);
    else leaf(node, out);
  }

  private void leaf(Document node, OutputStream out) throws IOException {
    if (node.get("attachmentId") instanceof String id) {
      newLine(out);
      bodies.write(tree.get("attachmentMap", Document.class).get(id, Binary.class), out);
    } else if (node.get("body") instanceof Binary body && body.length() > 0) {
      newLine(out);
      out.write(body.getData());
    }
  }

  private void multipart(Document node, String boundary, OutputStream out) throws IOException {
    newLine(out);
    if (node.get("body") instanceof Binary preamble) out.write(preamble.getData());
    var children = node.getList("childNodes", Document.class, List.of());
    // WildDuck writes the first boundary even where there is no part.
    if (children.isEmpty()) text("--" + boundary, out);
    for (int i = 0; i < children.size(); i++) {
      if (i > 0) newLine(out);
      text("--" + boundary, out);
      part(children.get(i), false, out);
    }
    newLine(out);
    text("--" + boundary + "--" + CRLF, out);
  }

  private void newLine(OutputStream out) throws IOException {
    if (!first) text(CRLF, out);
    first = false;
  }

  private static void text(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<Edit> edits(Document ours) {
    return ours.getList("edits", Document.class, List.of()).stream()
        .map(edit ->
            new Edit(
                Fields.number(edit, "at"),
                (int) Fields.number(edit, "cut"),
                Octets.of(edit.get("put", Binary.class).getData())))
        .toList();
  }
}
