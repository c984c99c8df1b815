package io.posthouse.storage.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;

/// What a bulk of inserts says about those it did not insert.
final class WriteErrors {
  private WriteErrors() {}

  static boolean isDuplicate(BulkWriteError error) {
    return error.getCategory() == ErrorCategory.DUPLICATE_KEY;
  }

  /// What is there already was put there by us, in an earlier attempt.
  static void rethrowUnlessDuplicates(MongoBulkWriteException e) {
    if (e.getWriteConcernError() != null
        || !e.getWriteErrors().stream().allMatch(WriteErrors::isDuplicate)) throw e;
  }
}
