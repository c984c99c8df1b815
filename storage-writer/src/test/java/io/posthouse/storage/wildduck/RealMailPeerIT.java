package io.posthouse.storage.wildduck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.vectors.Vectors;
import io.posthouse.wildduck.ImapClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real and nasty messages, with the line ends of SMTP, are served by WildDuck as they were sent.
@TestInstance(Lifecycle.PER_CLASS)
final class RealMailPeerIT {
  private static final int AT_A_TIME = 50;

  private final ServedMailboxes mailboxes = new ServedMailboxes();

  @AfterAll
  void close() {
    mailboxes.close();
  }

  /// Not to the octet: messages without a last boundary that lack something within, too.
  @ParameterizedTest
  @Timeout(300)
  @CsvSource({"mime, 337, 11", "corpus, 575, 1", "dsn, 845, 14"})
  void every_message_is_served_as_it_was_sent(String suite, int messages, int altered) {
    var files = files(suite);
    assertEquals(messages, files.size());
    var different = new ArrayList<String>();
    for (int from = 0; from < files.size(); from += AT_A_TIME)
      different.addAll(different(files.subList(from, Math.min(files.size(), from + AT_A_TIME))));
    System.out.printf(
        "%s: %d of %d messages are served by WildDuck to the octet; not: %s%n",
        suite, messages - different.size(), messages, different);
    assertEquals(altered, different.size(), different::toString);
  }

  private List<String> different(List<Path> files) {
    var owner = mailboxes.addUser();
    var batch = files.stream().map(file -> Deliveries.to(owner.id(), crlf(file))).toList();
    mailboxes.store(batch);
    var different = new ArrayList<String>();
    try (var imap = mailboxes.imap(owner)) {
      imap.select("INBOX");
      var served = List.copyOf(imap.fetch("1:*", "RFC822.SIZE BODY.PEEK[]").values());
      assertEquals(batch.size(), served.size());
      for (int i = 0; i < batch.size(); i++)
        if (!isSame(batch.get(i), served.get(i)))
          different.add(files.get(i).getFileName().toString());
    }
    return different;
  }

  private static boolean isSame(Delivery sent, ImapClient.Fetched served) {
    var octets = served.item("BODY[]").text();
    // What is announced is what comes, in any case.
    assertEquals(String.valueOf(octets.length()), served.item("RFC822.SIZE").text());
    return octets.equals(new String(sent.message().toArray(), StandardCharsets.ISO_8859_1));
  }

  private static List<Path> files(String suite) {
    return Vectors.list(suite + "/index.json", "messages").stream()
        .map(message -> Vectors.path(suite).resolve(message.getString("file")))
        .toList();
  }

  private static Octets crlf(Path file) {
    try {
      var text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return Deliveries.latin1(text.replaceAll("\r\n|\r(?!\r?\n)|\n", "\r\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
