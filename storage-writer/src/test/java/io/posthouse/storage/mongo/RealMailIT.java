package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.MailboxStore.Answer;
import io.posthouse.storage.mailbox.MailboxStore.Outcome;
import io.posthouse.storage.mime.LaidOut;
import io.posthouse.storage.mime.MimePart;
import io.posthouse.vectors.Vectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real and nasty messages go in and come out again, octet by octet: as they lie in the vectors,
/// and with the line ends that SMTP gives them.
final class RealMailIT {
  @ParameterizedTest
  @CsvSource({"corpus, 575", "mime, 337"})
  void every_message_comes_out_as_it_went_in(String suite, int messages) throws IOException {
    var tally = new Tally();
    var files = files(suite);
    assertEquals(messages, files.size());
    for (int from = 0; from < files.size(); from += 50) {
      // A database of their own: the embedded server looks at every message to find one.
      try (var mailboxes = new TestMailboxes(getClass())) {
        var user = mailboxes.addUser();
        var batch = new ArrayList<Delivery>();
        for (var file : files.subList(from, Math.min(files.size(), from + 50))) {
          var octets = Files.readAllBytes(file);
          batch.add(Deliveries.to(user, Octets.of(octets)));
          batch.add(Deliveries.to(user, crlf(octets)));
        }
        var answer = assertInstanceOf(Answer.Answered.class, mailboxes.store().store(batch));
        for (int i = 0; i < batch.size(); i++)
          assertSame(mailboxes, batch.get(i), answer.outcomes().get(i));
        batch.forEach(tally::add);
      }
    }
    System.out.printf("%s: %s%n", suite, tally);
  }

  private static void assertSame(TestMailboxes mailboxes, Delivery delivery, Outcome outcome)
      throws IOException {
    var stored = assertInstanceOf(Outcome.Stored.class, outcome);
    var raw = new ByteArrayOutputStream();
    assertTrue(mailboxes.reader().writeRaw(delivery.user(), "INBOX", stored.uid(), raw));
    assertArrayEquals(delivery.message().toArray(), raw.toByteArray());
  }

  private static List<Path> files(String suite) {
    return Vectors.list(suite + "/index.json", "messages").stream()
        .map(message -> Vectors.path(suite).resolve(message.getString("file")))
        .toList();
  }

  private static Octets crlf(byte[] octets) {
    var text = new String(octets, StandardCharsets.ISO_8859_1);
    return Deliveries.latin1(text.replace("\r\n", "\n").replace("\n", "\r\n"));
  }

  /// How they were laid out.
  private static final class Tally {
    private int messages;
    private int exact;
    private int flat;

    void add(Delivery delivery) {
      var laidOut = LaidOut.of(delivery.message());
      messages++;
      if (laidOut.edits().isEmpty()) exact++;
      if (isFlat(laidOut)) flat++;
    }

    /// A multipart kept as one body.
    private static boolean isFlat(LaidOut laidOut) {
      return laidOut.root() instanceof MimePart.Leaf leaf
          && leaf.header().contentType().parameter("boundary").isPresent()
          && leaf.header().contentType().type().equals("multipart");
    }

    @Override
    public String toString() {
      return "%d messages exact; %d by their parts alone, %d with edits; %d multiparts kept as one body"
          .formatted(messages, exact, messages - exact, flat);
    }
  }
}
