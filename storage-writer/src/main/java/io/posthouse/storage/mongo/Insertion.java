package io.posthouse.storage.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoDatabase;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import java.time.Instant;
import java.util.List;

/// Puts copies and their bodies into the database, and takes back what was done for those that
/// cannot be put there.
final class Insertion {
  private final Messages messages;
  private final Attachments attachments;
  private final Quotas quotas;
  private final Parallel parallel;
  private final Instant now;

  Insertion(MongoDatabase database, Parallel parallel, Instant now) {
    this.messages = new Messages(database);
    this.attachments = new Attachments(database);
    this.quotas = new Quotas(database);
    this.parallel = parallel;
    this.now = now;
  }

  void storeBodies(List<Copy> open) {
    var withBodies = open.stream().filter(copy -> !copy.bodies().isEmpty()).toList();
    parallel.forEach(withBodies, this::storeBodies);
  }

  private void storeBodies(Copy copy) {
    for (var body : copy.bodies())
      if (attachments.store(body, copy.id, CopyId.magic(copy.id), now)) copy.counted(body);
  }

  /// Side by side: a request holds up nobody and is held in memory, so none is long.
  void insert(List<Copy> open) {
    parallel.forEach(Portions.of(open), this::insertPortion);
  }

  private void insertPortion(List<Copy> some) {
    try {
      messages.insert(some.stream().map(Copy::document).toList());
    } catch (MongoBulkWriteException e) {
      if (e.getWriteConcernError() != null) throw e;
      e.getWriteErrors()
          .forEach(error -> {
            var copy = some.get(error.getIndex());
            // Another writer was quicker; or it is a duplicate of something else, and will always
            // be.
            var message = messages.find(List.of(copy.id)).get(copy.id);
            if (WriteErrors.isDuplicate(error) && message != null)
              beaten(copy, Messages.already(message));
            else refuse(copy, error.getMessage());
          });
    }
    some.stream().filter(Copy::isOpen).forEach(Copy::stored);
  }

  /// Its quota is counted once by its id, whoever stores it.
  private void beaten(Copy copy, Outcome already) {
    copy.settle(already);
    takeBackBodies(copy);
  }

  /// It cannot be stored, and what was counted for it is taken back.
  void refuse(Copy copy, String why) {
    copy.settle(new Outcome.Refused(why));
    quotas.discount(copy);
    takeBackBodies(copy);
  }

  private void takeBackBodies(Copy copy) {
    for (var body : copy.countedBodies())
      attachments.takeBack(body, copy.id, CopyId.magic(copy.id));
  }
}
