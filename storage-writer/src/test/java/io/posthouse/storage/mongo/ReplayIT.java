package io.posthouse.storage.mongo;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The whole log, or any part of it, onto whatever state of the database: the mailboxes end as if
/// nothing had happened.
class ReplayIT {
  private static final int USERS = 10;
  private static final int MESSAGES = 400;
  private static final long SEED = 20_260_302;

  private final Random random = new Random(SEED);
  private final List<TestMailboxes> open = new ArrayList<>();
  private final TestMailboxes empty = opened(new TestMailboxes(getClass()));
  private final List<UserId> users = Stream.generate(empty::addUser).limit(USERS).toList();
  private final List<Delivery> log = log();

  @AfterEach
  void close() {
    open.forEach(TestMailboxes::close);
  }

  @Test
  void onto_mailboxes_that_have_it_all() {
    var once = stored(empty, log);
    var twice = stored(stored(empty, log), log);
    assertEquals(mailboxes(once), mailboxes(twice));
    assertEquals(numbers(once), numbers(twice));
  }

  @Test
  void onto_mailboxes_that_have_a_part_of_it() {
    var part = stored(empty, log.subList(0, MESSAGES / 3));
    var all = stored(part, log);
    assertEquals(mailboxes(stored(empty, log)), mailboxes(all));
    var kept = new HashMap<>(numbers(all));
    kept.keySet().retainAll(numbers(part).keySet());
    assertEquals(numbers(part), kept);
  }

  @Test
  void onto_a_backup_of_them() {
    var backup = copy(stored(empty, log.subList(0, MESSAGES / 2)));
    var undisturbed = stored(backup, log.subList(MESSAGES / 2, MESSAGES));
    // More than was lost is replayed, as nobody knows how much it was.
    var restored = stored(backup, log.subList(MESSAGES / 4, MESSAGES));
    assertEquals(mailboxes(undisturbed), mailboxes(restored));
    assertEquals(numbers(undisturbed), numbers(restored));
  }

  @Test
  void by_writers_that_are_killed_again_and_again() {
    var disturbed = copy(empty);
    var steps = Step.values();
    for (var batch : batches(log)) {
      while (random.nextBoolean())
        disturbed.crashBefore(steps[random.nextInt(steps.length)], batch);
      store(disturbed, batch);
    }
    assertEquals(mailboxes(stored(empty, log)), mailboxes(disturbed), () -> "seed " + SEED);
  }

  /// As for a moment when a partition moves and its old writer has not heard of it.
  @Test
  void by_two_writers_at_the_same_time() throws Exception {
    var shared = copy(empty);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var batches = batches(log);
      var first = threads.submit(() -> batches.forEach(batch -> store(shared, batch)));
      var second = threads.submit(() -> batches.forEach(batch -> store(shared, batch)));
      first.get();
      second.get();
    }
    // Their order is that of whoever was first.
    var expected = mailboxes(stored(empty, log));
    var found = mailboxes(shared);
    assertEquals(List.of(), without(expected, found));
    assertEquals(List.of(), without(found, expected));
    assertEquals(expected.size(), found.size());
  }

  private TestMailboxes stored(TestMailboxes onto, List<Delivery> some) {
    var mailboxes = copy(onto);
    batches(some).forEach(batch -> store(mailboxes, batch));
    return mailboxes;
  }

  private static void store(TestMailboxes mailboxes, List<Delivery> batch) {
    // Another writer may have a user just now: then it is to be tried again.
    for (int i = 0; i < 100; i++)
      if (mailboxes.store().store(batch) instanceof Answer.Answered) return;
    assertInstanceOf(Answer.Answered.class, mailboxes.store().store(batch));
  }

  private TestMailboxes copy(TestMailboxes of) {
    return opened(of.copy());
  }

  private TestMailboxes opened(TestMailboxes mailboxes) {
    open.add(mailboxes);
    return mailboxes;
  }

  private List<List<Delivery>> batches(List<Delivery> some) {
    var batches = new ArrayList<List<Delivery>>();
    for (int i = 0; i < some.size(); i += batches.getLast().size())
      batches.add(some.subList(i, Math.min(some.size(), i + 1 + random.nextInt(50))));
    return batches;
  }

  /// Some with an attachment of their own, some with one that others have, too.
  private List<Delivery> log() {
    var all = new ArrayList<Delivery>();
    for (int i = 0; i < MESSAGES; i++) {
      var text = "Subject: %d\r\nMessage-ID: <%d@example.net>\r\n".formatted(i, i);
      var content = i % 3 == 0 ? text + "\r\nx\r\n" : text + attachment(i % 7);
      all.add(Deliveries.to(users.get(random.nextInt(USERS)), content));
    }
    return all;
  }

  private static String attachment(int n) {
    var body = Base64.getMimeEncoder().encodeToString(new byte[100 + n]);
    return "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + body
        + "\r\n";
  }

  /// All that a user sees and all that is counted, but for the numbers of the messages.
  private List<String> mailboxes(TestMailboxes of) {
    var lines = new ArrayList<String>();
    for (var user : users)
      lines.add("%s: %d of %d octets".formatted(user, of.used(user), of.sizes(user)));
    messages(of).forEach(message -> lines.add(text(message)));
    of.files().stream().map(ReplayIT::counters).sorted().forEach(lines::add);
    lines.add(of.journal().size() + " told");
    return lines;
  }

  private static Map<ObjectId, Long> numbers(TestMailboxes of) {
    return messages(of)
        .collect(toMap(message -> message.getObjectId("_id"), m -> Fields.number(m, "uid")));
  }

  private static List<String> without(List<String> some, List<String> others) {
    return some.stream().filter(line -> !others.contains(line)).toList();
  }

  /// By user, and then by number.
  private static Stream<Document> messages(TestMailboxes of) {
    return of.messages().stream()
        .sorted(Comparator.comparing(message -> message.getObjectId("user")));
  }

  private static String text(Document message) {
    return message.get("user")
        + ": "
        + message.get("_id")
        + message.get("subject")
        + message.get("size")
        + message.get("flags");
  }

  private static String counters(Document file) {
    var metadata = file.get("metadata", Document.class);
    var id = Base64.getEncoder().encodeToString(file.get("_id", Binary.class).getData());
    return "%s: %s %s".formatted(id, metadata.get("c"), metadata.get("m"));
  }
}
