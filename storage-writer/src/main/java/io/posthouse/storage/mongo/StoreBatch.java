package io.posthouse.storage.mongo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import com.mongodb.client.MongoDatabase;
import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mailbox.Placement.Folder;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;

/// One batch, in the order that makes every step safe to repeat: what is counted is remembered with
/// the count, numbers may be wasted, the message comes last and everything after it can be made
/// from it.
final class StoreBatch {
  private final MongoDatabase database;
  private final BetweenBatches between;
  private final Instant now;
  private final List<Copy> copies;
  private final Quotas quotas;
  private final Past past;
  private final Messages messages;
  private final Drafts drafts;
  private final Insertion insertion;
  private final Completion completion;

  StoreBatch(
      MongoDatabase database, BetweenBatches between, Instant now, List<Delivery> deliveries) {
    this.database = database;
    this.between = between;
    this.now = now;
    copies = deliveries.stream().map(Copy::new).toList();
    quotas = new Quotas(database);
    past = new Past(database);
    messages = new Messages(database);
    drafts = new Drafts(between.events(), now);
    insertion = new Insertion(database, between.parallel(), now);
    completion = new Completion(database, between.listeners(), now);
  }

  /// The outcomes in the order of the deliveries; nothing where another writer had one of the
  /// users, and the batch is to be stored again.
  Optional<List<Outcome>> store() {
    var accounts =
        quotas.accounts(copies.stream().map(copy -> copy.delivery().user()).collect(toSet()));
    var ids = ids(accounts);
    var found = messages.find(ids);
    var gone = past.outcomes(ids.stream().filter(id -> !found.containsKey(id)).toList());
    settleKnown(accounts, found, gone);
    step(Step.ENCRYPT, () -> encrypt(accounts));
    between.parallel().forEach(open(), this::layOut);
    between.before().accept(Step.COUNT_QUOTA);
    var known = union(found.keySet(), gone.keySet());
    if (!open().isEmpty() && !quotas.count(openByUser(), accounts, known)) return Optional.empty();
    step(Step.STORE_BODIES, () -> insertion.storeBodies(open()));
    step(Step.NUMBER, this::number);
    step(Step.THREAD, () -> between.threads().join(database, open(), now));
    step(Step.INSERT, () -> insertion.insert(open()));
    var unfinished = unfinished(accounts, found);
    step(Step.REMEMBER, () -> completion.remember(unfinished));
    step(Step.JOURNAL, () -> completion.journal(unfinished));
    step(Step.TELL, () -> completion.tell(unfinished));
    step(Step.FINISH, () -> completion.forgetCounted(unfinished));
    return Optional.of(copies.stream().map(copy -> copy.outcome().orElseThrow()).toList());
  }

  private void step(Step step, Runnable work) {
    between.before().accept(step);
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

  private void settleKnown(
      Map<UserId, Quotas.Account> accounts,
      Map<ObjectId, Document> found,
      Map<ObjectId, Outcome> gone) {
    var seen = new HashMap<ObjectId, Copy>();
    for (var copy : copies) {
      var message = found.get(copy.id);
      var before = gone.get(copy.id);
      if (message != null) copy.settle(Messages.already(message));
      else if (before != null) copy.settle(before);
      else if (!accounts.containsKey(copy.delivery().user())) copy.settle(new Outcome.NoSuchUser());
      else copy.repeats(seen.putIfAbsent(copy.id, copy));
    }
  }

  private void encrypt(Map<UserId, Quotas.Account> accounts) {
    between.atRest().encrypt(database, between.parallel(), open(), accounts, now);
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

  private void number() {
    between
        .parallel()
        .forEach(
            List.copyOf(openByUser().entrySet()),
            entry -> number(entry.getKey(), entry.getValue()));
  }

  /// Runs of numbers, one in each folder, in the order of arrival.
  private void number(UserId user, List<Copy> own) {
    own.stream()
        .collect(
            groupingBy(copy -> copy.delivery().placement().folder(), LinkedHashMap::new, toList()))
        .forEach((folder, some) -> number(user, folder, some));
  }

  private void number(UserId user, Folder folder, List<Copy> some) {
    var numbers = between.folders().take(database, user, folder, some.size());
    if (numbers.isEmpty()) {
      some.forEach(copy -> insertion.refuse(copy, "the user has no folder INBOX"));
      return;
    }
    for (int i = 0; i < some.size(); i++) some.get(i).numbered(numbers.get(), i);
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

  private List<Copy> open() {
    return copies.stream().filter(Copy::isOpen).toList();
  }

  private Map<UserId, List<Copy>> openByUser() {
    return open().stream()
        .collect(groupingBy(copy -> copy.delivery().user(), LinkedHashMap::new, toList()));
  }
}
