package io.posthouse.storage.mongo;

import io.posthouse.message.Digests;
import io.posthouse.storage.mailbox.Delivery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bson.types.ObjectId;

/// The `_id` of a copy: the same copy has the same one for ever, which is what "stored once" rests
/// on.
///
/// Its first four bytes are the second in which the message arrived, as WildDuck expects of an
/// ObjectId; the other eight are of the SHA-256 of queue id and user.
final class CopyId {
  private CopyId() {}

  static ObjectId of(Delivery.Key key) {
    var text = key.queueId().text() + "\n" + key.user().hex();
    var digest = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    var id = ByteBuffer.allocate(12);
    // From the queue id, not from the envelope: whatever is replayed, the queue id is the same.
    id.putInt((int) key.queueId().arrived().getEpochSecond());
    id.put(digest, 0, 8);
    return new ObjectId(id.array());
  }

  /// WildDuck's checksum for counting references (`magic`), 16 bits: the same for the same copy.
  static int magic(ObjectId id) {
    var octets = id.toByteArray();
    return ((octets[10] & 0xff) << 8) | (octets[11] & 0xff);
  }
}
