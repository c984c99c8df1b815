package io.posthouse.storage.mongo;

import io.posthouse.message.Digests;
import io.posthouse.message.Octets;
import org.bson.types.Binary;

/// A body kept outside the message's document: once, however many messages have it.
///
/// @param id the SHA-256 of its octets, encoded as they came
record StoredBody(Binary id, Octets octets, String contentType, String transferEncoding) {

  static StoredBody of(Octets octets, String contentType, String transferEncoding) {
    var digest = Digests.sha256();
    digest.update(octets.buffer());
    return new StoredBody(new Binary(digest.digest()), octets, contentType, transferEncoding);
  }
}
