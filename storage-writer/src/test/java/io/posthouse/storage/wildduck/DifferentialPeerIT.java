package io.posthouse.storage.wildduck;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.vectors.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What we write of a message is what the real WildDuck writes of it when it is handed the same by
/// LMTP, but for what is listed ([Allowed]).
@TestInstance(Lifecycle.PER_CLASS)
final class DifferentialPeerIT {
  private static final int AT_A_TIME = 25;
  private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id:\\s*(\\S+)");

  private static final List<String> MADE_OF_PARTS =
      List.of(
          "mimeTree",
          "bodystructure",
          "attachments",
          "files",
          "ha",
          "text",
          "html",
          "intro",
          "size");

  private final Twins twins = new Twins();
  private final List<String> readOtherwise = new ArrayList<>();
  private final List<String> different = new ArrayList<>();
  private final Set<String> odd = new TreeSet<>();

  @AfterAll
  void close() {
    twins.close();
  }

  /// Read otherwise are messages whose parts we find and WildDuck does not, or the other way round:
  /// boundaries with blanks behind them, of the outer part within the inner or missing (RFC 2046
  /// §5.1), and what is the only part of a message within. Of them only what is not made of the
  /// parts is compared. Odd are those that the rare rules are for.
  @ParameterizedTest
  @Timeout(400)
  @CsvSource({"mime, 337, 30, 56", "corpus, 575, 6, 36", "dsn, 845, 70, 60"})
  void every_message_is_stored_as_wildduck_stores_it(
      String suite, int messages, int otherwise, int odd) {
    readOtherwise.clear();
    different.clear();
    this.odd.clear();
    var rounds = rounds(suite);
    assertEquals(messages, rounds.stream().mapToInt(List::size).sum());
    for (var round : rounds)
      for (int from = 0; from < round.size(); from += AT_A_TIME)
        compare(round.subList(from, Math.min(round.size(), from + AT_A_TIME)));
    assertEquals(List.of(), different, () -> different.size() + " differences");
    assertEquals(otherwise, readOtherwise.size(), readOtherwise::toString);
    assertEquals(odd, this.odd.size(), this.odd::toString);
  }

  /// WildDuck stores no message twice; those with the same id come in different rounds, each for
  /// other users.
  private static List<List<Path>> rounds(String suite) {
    var rounds = new ArrayList<List<Path>>();
    var times = new HashMap<String, Integer>();
    for (var message : Vectors.list(suite + "/index.json", "messages")) {
      var file = Vectors.path(suite).resolve(message.getString("file"));
      var id = MESSAGE_ID.matcher(text(file));
      var round = id.find() ? times.merge(id.group(1), 1, Integer::sum) - 1 : 0;
      while (rounds.size() <= round) rounds.add(new ArrayList<>());
      rounds.get(round).add(file);
    }
    return rounds;
  }

  private void compare(List<Path> files) {
    var both = twins.store(files.stream().map(DifferentialPeerIT::sent).toList());
    var its = both.its().messages();
    var ours = both.ours().messages();
    assertEquals(its.size(), ours.size(), files::toString);
    assertEquals(both.its().size(), both.its().used());
    assertEquals(both.ours().size(), both.ours().used());
    for (int i = 0; i < its.size(); i++)
      compare(files.get(i).getFileName().toString(), its.get(i), ours.get(i));
    var around = Difference.between("around", both.its().around(), both.ours().around());
    note("around", around, new Document());
  }

  private void compare(String name, Document its, Document ours) {
    if (!parts(its).equals(parts(ours))) {
      readOtherwise.add(name);
      for (var message : List.of(its, ours)) MADE_OF_PARTS.forEach(message::remove);
    }
    note(name, Difference.between("message", its, ours), ours);
  }

  private void note(String name, List<Difference> differences, Document message) {
    for (var difference : differences) {
      var allowed = Allowed.of(difference, message);
      if (allowed.isEmpty()) different.add(name + ": " + difference);
      if (allowed.filter(rule -> rule.isRare).isPresent()) odd.add(name);
    }
  }

  /// How a message is made: types of parts, sizes, and which of them lie outside.
  private static String parts(Document message) {
    return part(message.get("mimeTree", Document.class)).toLowerCase(Locale.ROOT);
  }

  private static String part(Document part) {
    var own = part.get("attachmentId") + "/" + part.get("multipart") + "/" + part.get("boundary");
    var size = part.containsKey("childNodes") ? "" : part.get("size");
    var within = part.get("message") instanceof Document message ? part(message) : "";
    var parts = part.getList("childNodes", Document.class, List.of()).stream();
    return own
        + size
        + "<"
        + within
        + ">"
        + parts.map(p -> part(p)).collect(joining(",", "(", ")"));
  }

  /// With the line ends of SMTP.
  private static Octets sent(Path file) {
    var lines = text(file).replaceAll("\r\n|\r(?!\r?\n)|\n", "\r\n");
    return Deliveries.latin1(lines.endsWith("\r\n") ? lines : lines + "\r\n");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
