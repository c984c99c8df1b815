package io.posthouse.embedded;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.Unpooled;
import java.util.List;

/// What a query has found and not handed out yet. A batch is as long as was asked for and never
/// longer than a reply may be: a driver drops the connection over a reply of more than 48 million
/// octets.
final class BatchCursor extends AbstractCursor {
  /// Where mongod ends a batch, whatever was asked for.
  private static final int BATCH_OCTETS = 16 * 1024 * 1024;

  private List<Document> left;

  BatchCursor(long id, List<Document> found) {
    super(id);
    this.left = found;
  }

  @Override
  public boolean isEmpty() {
    return left.isEmpty();
  }

  /// @param asked documents, or 0 for as many as a batch holds
  @Override
  public List<Document> takeDocuments(int asked) {
    var end = fitting(asked > 0 ? Math.min(asked, left.size()) : left.size());
    var batch = left.subList(0, end);
    left = left.subList(end, left.size());
    return batch;
  }

  /// How many fit; one always does, for a document is no longer than a batch.
  private int fitting(int most) {
    var buffer = Unpooled.buffer(1024);
    var octets = 0L;
    for (int n = 0; n < most; n++) {
      BsonEncoder.encodeDocument(left.get(n), buffer.clear());
      octets += buffer.readableBytes();
      if (octets > BATCH_OCTETS && n > 0) return n;
    }
    return most;
  }
}
