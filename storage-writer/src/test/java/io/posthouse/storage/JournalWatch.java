package io.posthouse.storage;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import io.posthouse.mongo.Mongo;
import io.posthouse.storage.ManyMailboxes.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;

/// Looks into the journal as IMAP sessions do: who has read up to a change never hears of an older
/// one.
final class JournalWatch {
  private final MongoCollection<Document> journal;
  private final Set<ObjectId> seen = new HashSet<>();
  private final Map<ObjectId, Long> readUpTo = new HashMap<>();

  JournalWatch(Mongo mongo) {
    this.journal = mongo.database().getCollection("journal");
  }

  /// Reads what is new, and answers how much there is in all.
  long look() {
    var highest = new HashMap<ObjectId, Long>();
    for (var entry : journal.find().projection(Projections.include("mailbox", "modseq"))) {
      if (!seen.add(entry.getObjectId("_id"))) continue;
      var mailbox = entry.getObjectId("mailbox");
      var modseq = entry.get("modseq", Number.class).longValue();
      assertTrue(
          modseq > readUpTo.getOrDefault(mailbox, 0L), () -> "told too late: " + entry.toJson());
      highest.merge(mailbox, modseq, Math::max);
    }
    readUpTo.putAll(highest);
    return seen.size();
  }

  /// One entry for each message, with its numbers.
  void assertTellsOf(List<Message> messages) {
    var told = new HashMap<ObjectId, List<Object>>();
    for (var entry : journal.find())
      told.put(
          entry.getObjectId("message"),
          List.of(entry.getObjectId("mailbox"), number(entry, "uid"), number(entry, "modseq")));
    var expected =
        messages.stream()
            .collect(toMap(Message::id, m -> List.<Object>of(m.mailbox(), m.uid(), m.modseq())));
    assertEquals(expected, told);
  }

  private static long number(Document entry, String field) {
    return entry.get(field, Number.class).longValue();
  }
}
