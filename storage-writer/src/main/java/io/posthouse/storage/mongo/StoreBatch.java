package io.posthouse.storage.mongo;

import static com.mongodb.client.model.Filters.in;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Listeners;
import io.posthouse.storage.mailbox.Listeners.Arrival;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.telemetry.Events;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;

/// One batch, in the order that makes every step safe to repeat: what is counted is remembered with
/// the count, numbers may be wasted, the message comes last and everything after it can be made
/// from it.
final class StoreBatch {
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  private final MongoDatabase database;
  private final Attachments attachments;
  private final Quotas quotas;
  private final Past past;
  private final Ciphertexts ciphertexts;
  private final Folders folders;
  private final Threads threads;
  private final Listeners listeners;
  private final AtRest atRest;
  private final Parallel parallel;
  private final Consumer<Step> before;
  private final Drafts drafts;
  private final Instant now;
  private final List<Copy> copies;

  /// @param before hears of each step before it is done
  StoreBatch(
      MongoDatabase database,
      Folders folders,
      Threads threads,
      Listeners listeners,
      AtRest atRest,
      Parallel parallel,
      Consumer<Step> before,
      Events events,
      Instant now,
      List<Delivery> deliveries) {
    this.database = database;
    this.attachments = new Attachments(database);
    this.quotas = new Quotas(database);
    this.past = new Past(database);
    this.ciphertexts = new Ciphertexts(database);
    this.folders = folders;
    this.threads = threads;
    this.listeners = listeners;
    this.atRest = atRest;
    this.parallel = parallel;
    this.before = before;
    this.drafts = new Drafts(events, now);
    this.now = now;
    this.copies = deliveries.stream().map(Copy::new).toList();
  }

  /// The outcomes in the order of the deliveries; nothing where another writer had one of the
  /// users, and the batch is to be stored again.
  Optional<List<Outcome>> store() {
    var accounts =
        quotas.accounts(copies.stream().map(copy -> copy.delivery().user()).collect(toSet()));
    var ids = ids(accounts);
    var found = stored(ids);
    var gone = past.outcomes(ids.stream().filter(id -> !found.containsKey(id)).toList());
    settleKnown(accounts, found, gone);
    step(Step.ENCRYPT, () -> atRest.encrypt(database, parallel, open(), accounts, now));
    parallel.forEach(open(), this::layOut);
    before.accept(Step.COUNT_QUOTA);
    var known = union(found.keySet(), gone.keySet());
    if (!open().isEmpty() && !quotas.count(openByUser(), accounts, known)) return Optional.empty();
    step(Step.STORE_BODIES, this::storeBodies);
    step(Step.NUMBER, this::number);
    step(Step.THREAD, () -> threads.join(database, open(), now));
    step(Step.INSERT, this::insert);
    var unfinished = unfinished(accounts, found);
    step(Step.REMEMBER, () -> past.remember(unfinished, now));
    step(Step.JOURNAL, () -> journal(unfinished));
    step(Step.TELL, () -> tell(unfinished));
    step(Step.FINISH, () -> forgetCounted(unfinished));
    return Optional.of(copies.stream().map(copy -> copy.outcome().orElseThrow()).toList());
  }

  private void step(Step step, Runnable work) {
    before.accept(step);
    work.run();
  }

  private static <T> Set<T> union(Set<T> some, Set<T> others) {
    return Stream.concat(some.stream(), others.stream()).collect(toSet());
  }

  /// Those of the batch, and of the batches before that may have broken off.
  private List<ObjectId> ids(Map<UserId, Quotas.Account> accounts) {
    return Stream.concat(
            copies.stream().map(copy -> copy.id),
            accounts.values().stream().flatMap(account -> account.counted().stream()))
        .distinct()
        .toList();
  }

  private Map<ObjectId, Document> stored(List<ObjectId> ids) {
    var stored = new HashMap<ObjectId, Document>();
    messages()
        .find(in("_id", ids))
        .projection(
            Projections.include(
                "user",
                "mailbox",
                "uid",
                "modseq",
                "idate",
                "unseen",
                "thread",
                "mimeTree.attachmentMap",
                Copy.FOLDER,
                Copy.ENCRYPTED))
        .forEach(message -> stored.put(message.getObjectId("_id"), message));
    return stored;
  }

  private void settleKnown(
      Map<UserId, Quotas.Account> accounts,
      Map<ObjectId, Document> found,
      Map<ObjectId, Outcome> gone) {
    var seen = new HashMap<ObjectId, Copy>();
    for (var copy : copies) {
      var message = found.get(copy.id);
      var before = gone.get(copy.id);
      if (message != null) copy.settle(already(message));
      else if (before != null) copy.settle(before);
      else if (!accounts.containsKey(copy.delivery().user())) copy.settle(new Outcome.NoSuchUser());
      else copy.repeats(seen.putIfAbsent(copy.id, copy));
    }
  }

  private void layOut(Copy copy) {
    try {
      switch (drafts.of(copy.id, copy.delivery())) {
        case Drafts.Drafted.Ready(var draft) -> copy.laidOut(draft);
        case Drafts.Drafted.TooMuch(var why) -> copy.settle(new Outcome.Refused(why));
      }
    } catch (RuntimeException e) {
      // A bug of ours: this message goes where an operator finds it, and those beside it go on.
      copy.settle(new Outcome.Refused("cannot be laid out: " + e));
    }
  }

  private void storeBodies() {
    var withBodies = open().stream().filter(copy -> !copy.bodies().isEmpty()).toList();
    parallel.forEach(withBodies, this::storeBodies);
  }

  private void storeBodies(Copy copy) {
    for (var body : copy.bodies())
      if (attachments.store(body, copy.id, CopyId.magic(copy.id), now)) copy.counted(body);
  }

  private void number() {
    parallel.forEach(
        List.copyOf(openByUser().entrySet()), entry -> number(entry.getKey(), entry.getValue()));
  }

  /// Runs of numbers, one in each folder, in the order of arrival.
  private void number(UserId user, List<Copy> own) {
    own.stream()
        .collect(
            groupingBy(copy -> copy.delivery().placement().folder(), LinkedHashMap::new, toList()))
        .forEach((folder, some) -> number(user, folder, some));
  }

  private void number(UserId user, Folder folder, List<Copy> some) {
    var numbers = folders.take(database, user, folder, some.size());
    if (numbers.isEmpty()) {
      some.forEach(copy -> refuse(copy, "the user has no folder INBOX"));
      return;
    }
    for (int i = 0; i < some.size(); i++) some.get(i).numbered(numbers.get(), i);
  }

  /// Side by side: a request holds up nobody and is held in memory, so none is long.
  private void insert() {
    parallel.forEach(Portions.of(open()), this::insert);
  }

  private void insert(List<Copy> some) {
    try {
      messages().insertMany(some.stream().map(Copy::document).toList(), UNORDERED);
    } catch (MongoBulkWriteException e) {
      if (e.getWriteConcernError() != null) throw e;
      e.getWriteErrors()
          .forEach(error -> {
            var copy = some.get(error.getIndex());
            // Another writer was quicker; or it is a duplicate of something else, and will always
            // be.
            var message = stored(List.of(copy.id)).get(copy.id);
            if (WriteErrors.isDuplicate(error) && message != null) beaten(copy, already(message));
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

  private void refuse(Copy copy, String why) {
    copy.settle(new Outcome.Refused(why));
    quotas.discount(copy);
    takeBackBodies(copy);
  }

  private void takeBackBodies(Copy copy) {
    for (var body : copy.countedBodies())
      attachments.takeBack(body, copy.id, CopyId.magic(copy.id));
  }

  /// Messages that sessions may not have been told of: those of this batch, and those of a batch
  /// that broke off after they were stored.
  private List<Document> unfinished(
      Map<UserId, Quotas.Account> accounts, Map<ObjectId, Document> found) {
    // What broke off was not settled, so it is in this batch again.
    var brokenOff =
        copies.stream()
            .filter(copy -> isCounted(copy, accounts))
            .flatMap(copy -> Stream.ofNullable(found.get(copy.id)));
    var stored = copies.stream().filter(Copy::isStoredNow).map(Copy::document);
    return Stream.concat(brokenOff, stored).toList();
  }

  private static boolean isCounted(Copy copy, Map<UserId, Quotas.Account> accounts) {
    var account = accounts.get(copy.delivery().user());
    return account != null && account.counted().contains(copy.id);
  }

  private void journal(List<Document> messages) {
    if (messages.isEmpty()) return;
    try {
      database
          .getCollection(Fields.JOURNAL)
          .insertMany(messages.stream().map(this::journalEntry).toList(), UNORDERED);
    } catch (MongoBulkWriteException e) {
      WriteErrors.rethrowUnlessDuplicates(e);
    }
  }

  /// Its `_id` is the message's, so that the same change is not told twice.
  private Document journalEntry(Document message) {
    var id = message.getObjectId("_id");
    return new Document("_id", id)
        .append("command", "EXISTS")
        .append("uid", message.get("uid"))
        .append("ignore", null)
        .append("message", id)
        .append("modseq", message.get("modseq"))
        .append("unseen", message.getBoolean("unseen", true))
        .append("idate", message.get("idate"))
        .append("thread", message.get("thread"))
        .append("created", now)
        .append("mailbox", message.get("mailbox"))
        .append("user", message.get("user"));
  }

  /// After the journal, where sessions that wake look first.
  private void tell(List<Document> messages) {
    var arrivals = messages.stream().map(StoreBatch::arrival).collect(toSet());
    if (!arrivals.isEmpty()) listeners.arrived(arrivals);
  }

  private static Arrival arrival(Document message) {
    var user = Fields.user(message.getObjectId("user"));
    return new Arrival(user, message.getObjectId("mailbox").toHexString());
  }

  private void forgetCounted(List<Document> messages) {
    for (var message : messages) {
      var map = message.get("mimeTree", Document.class).get("attachmentMap", Document.class);
      var bodies = map.values().stream().map(Binary.class::cast).toList();
      attachments.counted(bodies, message.getObjectId("_id"));
      if (Copy.isEncrypted(message)) ciphertexts.forget(message.getObjectId("_id"));
    }
  }

  private List<Copy> open() {
    return copies.stream().filter(Copy::isOpen).toList();
  }

  private Map<UserId, List<Copy>> openByUser() {
    return open().stream()
        .collect(groupingBy(copy -> copy.delivery().user(), LinkedHashMap::new, toList()));
  }

  private static Outcome already(Document message) {
    return new Outcome.AlreadyStored(Copy.folder(message), Fields.number(message, "uid"));
  }

  private MongoCollection<Document> messages() {
    return database.getCollection(Fields.MESSAGES);
  }
}
