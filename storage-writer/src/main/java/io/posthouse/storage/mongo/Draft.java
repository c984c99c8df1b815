package io.posthouse.storage.mongo;

import static java.util.stream.Collectors.toMap;

import io.posthouse.storage.mime.ComparedOutput;
import io.posthouse.storage.mime.Conversation;
import io.posthouse.storage.mime.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;

/// What is stored of a message, but for its place in a mailbox.
///
/// @param bodies those that lie outside the document, each once
record Draft(Document document, List<StoredBody> bodies, Conversation conversation) {
  /// Whether it makes this very message again, to the last octet: the way back that a reader goes,
  /// over what will be inserted.
  boolean makes(Message message) {
    var comparison = new ComparedOutput(message);
    try {
      new RawMessage(bodiesById(), document).rebuild(comparison);
    } catch (IOException | RuntimeException differs) {
      return false;
    }
    return comparison.isComplete();
  }

  private Bodies bodiesById() {
    var byId = bodies.stream().collect(toMap(StoredBody::id, body -> body));
    return (id, to) -> write(byId, id, to);
  }

  private static void write(Map<Binary, StoredBody> bodies, Binary id, OutputStream to)
      throws IOException {
    var body = bodies.get(id);
    if (body == null) throw new IOException("body: none of this hash");
    body.octets().writeTo(to);
  }
}
