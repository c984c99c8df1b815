package io.posthouse.storage.mailbox;

import io.posthouse.directory.UserId;
import io.posthouse.storage.mime.EncodedWords;
import io.posthouse.storage.mime.LaidOut;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Mailboxes that a test fills and reads. Passes [MailboxStoreContract].
public final class InMemoryMailboxStore implements MailboxStore, MailboxReader {
  private final Map<UserId, List<Delivery>> inboxes = new ConcurrentHashMap<>();
  private final Map<Delivery.Key, String> poison = new HashMap<>();
  private final List<Integer> batchSizes = new ArrayList<>();
  private Optional<String> trouble = Optional.empty();

  public synchronized void addUser(UserId user) {
    inboxes.put(user, new ArrayList<>());
  }

  /// From now on nothing is stored.
  public synchronized void breakDown(String why) {
    trouble = Optional.of(why);
  }

  public synchronized void recover() {
    trouble = Optional.empty();
  }

  /// This copy will be refused.
  public synchronized void refuse(Delivery.Key key, String why) {
    poison.put(key, why);
  }

  /// How many came together, each time something was stored.
  public synchronized List<Integer> batchSizes() {
    return List.copyOf(batchSizes);
  }

  public synchronized List<Delivery> inbox(UserId user) {
    return List.copyOf(inboxes.getOrDefault(user, List.of()));
  }

  @Override
  public synchronized Answer store(List<Delivery> batch) {
    if (trouble.isPresent()) return new Answer.Unavailable(trouble.get());
    batchSizes.add(batch.size());
    return new Answer.Answered(batch.stream().map(this::store).toList());
  }

  private Outcome store(Delivery delivery) {
    var inbox = inboxes.get(delivery.user());
    if (inbox == null) return new Outcome.NoSuchUser();
    var refusal = poison.get(delivery.key());
    if (refusal != null) return new Outcome.Refused(refusal);
    var found = inbox.stream().map(Delivery::key).toList().indexOf(delivery.key());
    if (found >= 0) return new Outcome.AlreadyStored(INBOX, found + 1);
    inbox.add(delivery);
    return new Outcome.Stored(INBOX, inbox.size());
  }

  @Override
  public synchronized List<Entry> list(UserId user, String mailbox) {
    if (!mailbox.equals(INBOX)) return List.of();
    var inbox = inbox(user);
    return IntStream.range(0, inbox.size()).mapToObj(i -> entry(i + 1, inbox.get(i))).toList();
  }

  @Override
  public Optional<Entry> show(UserId user, String mailbox, long uid) {
    return list(user, mailbox).stream().filter(entry -> entry.uid() == uid).findFirst();
  }

  @Override
  public synchronized boolean writeRaw(UserId user, String mailbox, long uid, OutputStream to)
      throws IOException {
    if (show(user, mailbox, uid).isEmpty()) return false;
    inbox(user).get((int) uid - 1).message().writeTo(to);
    return true;
  }

  private static Entry entry(long uid, Delivery delivery) {
    var laidOut = LaidOut.of(delivery.message());
    var header = laidOut.root().header();
    return new Entry(
        uid,
        delivery.envelope().arrived(),
        delivery.message().length(),
        header.last("from").orElse(""),
        EncodedWords.decode(header.last("subject").orElse("")),
        List.of(),
        delivery.envelope().queueId().text(),
        laidOut.root().fields().stream().map(laidOut.message()::latin1).toList());
  }
}
