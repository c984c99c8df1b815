package io.posthouse.storage.mongo;

import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// Names that WildDuck gave, and those that are ours. Ours are a collection and, in WildDuck's, one
/// field, `posthouse`, which WildDuck neither reads nor changes.
final class Fields {
  static final String USERS = "users";
  static final String MAILBOXES = "mailboxes";
  static final String MESSAGES = "messages";
  static final String JOURNAL = "journal";
  static final String THREADS = "threads";
  static final String ATTACHMENT_FILES = "attachments.files";
  static final String ATTACHMENT_CHUNKS = "attachments.chunks";
  static final String STORED = "posthouse.stored";
  static final String HANDED = "posthouse.handed";
  static final String SENT = "posthouse.sent";
  static final String REPLIED = "posthouse.replied";
  static final String ENCRYPTED = "posthouse.encrypted";
  static final String OURS = "posthouse";

  private Fields() {}

  static ObjectId id(UserId user) {
    return new ObjectId(user.hex());
  }

  static UserId user(ObjectId id) {
    return new UserId(id.toHexString());
  }

  static Binary binary(Octets octets) {
    return new Binary(octets.toArray());
  }

  /// A number, in whichever width somebody wrote it.
  static long number(Document document, String field) {
    return document.get(field) instanceof Number number ? number.longValue() : 0;
  }
}
