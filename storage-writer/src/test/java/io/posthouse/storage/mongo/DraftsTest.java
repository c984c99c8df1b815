package io.posthouse.storage.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoClientSettings;
import io.posthouse.directory.UserId;
import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Deliveries;
import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mongo.Drafts.Drafted;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.vectors.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a message is, something is stored that fits a document and makes the message again.
final class DraftsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:14:07Z");
  private static final UserId USER = new UserId("65e0f0f0f0f0f0f0f0f0f0f0");
  private static final int MOST_OCTETS = 16 << 20;

  private final List<MailEvent> events = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1_000, 20_000, 200_000})
  void headers_by_the_thousand(int lines) {
    assertStored(many(lines, i -> "X-Line-" + i + ": " + i + "\r\n") + "\r\nbody\r\n");
  }

  @Test
  void parts_by_the_ten_thousand() {
    var part = "--b\r\nContent-Type: image/png\r\n\r\nabc\r\n";
    var document = assertStored(mixed("b") + part.repeat(10_000) + "--b--\r\n");
    var map = document.get("mimeTree", Document.class).get("attachmentMap", Document.class);
    assertTrue(map.size() < 1_001, () -> map.size() + " attachments");
  }

  @Test
  void a_boundary_of_a_kilobyte_and_one_of_a_megabyte() {
    for (int length : new int[] {1_000, 1 << 20}) {
      var boundary = "b".repeat(length);
      assertStored(mixed(boundary) + ("--" + boundary + "\r\n\r\nx\r\n").repeat(3));
    }
  }

  @Test
  void parameters_by_the_hundred_thousand() {
    assertStored(
        "Content-Type: text/plain" + many(100_000, i -> "; p" + i + "=" + i) + "\r\n\r\nx");
    assertStored("Content-Type: a/b" + many(100_000, i -> "; p*" + i + "*=%41") + "\r\n\r\nx");
  }

  @Test
  void parts_within_parts_to_any_depth() {
    assertStored(
        many(
                3_000,
                i -> "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n")
            + "\r\ndeep\r\n");
  }

  @Test
  void messages_within_messages_to_any_depth() {
    assertStored("Content-Type: message/rfc822\r\n\r\n".repeat(3_000) + "Subject: deep\r\n\r\nx");
  }

  @Test
  void names_that_no_document_may_have() {
    var document =
        assertStored(
            """
            $where: 1\r
            a.b: 1\r
            a\0b: 1\r
            : 1\r
            %s: 1\r
            Content-Type: text/plain; $a=1; b.c=2; d\0e=3; =4\r
            \r
            x
            """
                .formatted("x".repeat(300)));
    var parsed = document.get("mimeTree", Document.class).get("parsedHeader", Document.class);
    assertFalse(parsed.keySet().stream().anyMatch(name -> name.matches("(?s).*[.$\0].*")));
  }

  @Test
  void header_lines_of_a_megabyte() {
    for (var start :
        List.of(
            "To: " + "a@example.net, ".repeat(70_000),
            "To: " + ",".repeat(1_000_000),
            "To: " + "<".repeat(1_000_000),
            "To: " + "(".repeat(1_000_000),
            "To: " + "x:;".repeat(300_000),
            "Subject: " + "=?utf-8?q?x?= ".repeat(70_000),
            "Subject: " + " ".repeat(1_000_000),
            "Subject: " + "=?".repeat(500_000),
            "Date: " + "1 ".repeat(500_000),
            "References: " + "<a@b> ".repeat(160_000),
            "Content-Type: multipart/mixed; boundary=\"" + "\\\"".repeat(500_000),
            "X: " + "\r\n y".repeat(250_000))) assertStored(start + "\r\n\r\nbody\r\n");
  }

  @Test
  void more_text_than_a_document_has_room_for() {
    var page = "--b\r\nContent-Type: text/html\r\n\r\n<p>" + "ж ".repeat(60_000) + "\r\n";
    assertStored(mixed("b") + page.repeat(60) + "--b--\r\n");
  }

  @Test
  void fifty_megabytes() {
    var octets = new byte[50 << 20];
    new Random(1).nextBytes(octets);
    var head = "Content-Type: text/plain; charset=utf-8\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(head, 0, octets, 0, head.length);
    assertStored(Octets.of(octets));
  }

  @Test
  void all_octets_everywhere() {
    var all = new byte[256];
    for (int i = 0; i < all.length; i++) all[i] = (byte) i;
    var any = new String(all, StandardCharsets.ISO_8859_1);
    assertStored("Subject: " + any + "\r\nFrom: " + any + "\r\n\r\n" + any);
    assertStored(any);
    assertStored("\0".repeat(1_000));
    assertStored(mixed(any) + "--" + any + "\r\n\r\n" + any + "\r\n--" + any + "--");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\r\n", "\n", "\r", "\r\n\r\n", ":", " ", "--", "x"})
  void hardly_a_message_at_all(String message) {
    assertStored(message);
  }

  @Test
  void a_draft_that_is_not_the_message_is_seen_to_be_none() {
    var delivery = Deliveries.to(USER, "Subject: x\r\n\r\nbody\r\n");
    var drafted = new Drafts(events::add, NOW).of(new ObjectId(), delivery);
    var draft = assertInstanceOf(Drafted.Ready.class, drafted).draft();
    var message = Message.of(delivery.message());
    assertTrue(draft.makes(message));
    draft.document().get("mimeTree", Document.class).append("body", new Binary(new byte[3]));
    assertFalse(draft.makes(message));
    draft.document().get("mimeTree", Document.class).append("attachmentId", "ATT00001");
    assertFalse(draft.makes(message));
  }

  @Test
  void what_no_document_holds_is_said() {
    assertEquals(Optional.empty(), DocumentLimits.excess(new Document("a", "x".repeat(8 << 20))));
    assertEquals(
        Optional.of("17825802 octets"),
        DocumentLimits.excess(new Document("a", new Binary(new byte[(17 << 20) - 3]))));
    assertEquals(
        Optional.of("33554445 octets"),
        DocumentLimits.excess(new Document("a", "é".repeat(16 << 20))));
    var deep = new Document("a", 1);
    for (int i = 0; i < 120; i++) deep = new Document("a", List.of(deep));
    assertEquals(Optional.of("241 levels of nesting"), DocumentLimits.excess(deep));
  }

  /// Real messages with pieces changed, moved, doubled and lost.
  @ParameterizedTest
  @ValueSource(strings = {"mime", "dsn"})
  void real_messages_damaged_at_random(String suite) throws IOException {
    var files =
        Vectors.list(suite + "/index.json", "messages").stream()
            .map(message -> Vectors.path(suite).resolve(message.getString("file")))
            .toList();
    for (int seed = 0; seed < 1_500; seed++) {
      var random = new Random(seed);
      var octets = Files.readAllBytes(files.get(random.nextInt(files.size())));
      if (octets.length > 100_000) continue;
      for (int i = random.nextInt(8); i >= 0; i--) octets = damaged(octets, random);
      assertStored(Octets.of(octets), "seed " + seed);
    }
  }

  private static byte[] damaged(byte[] octets, Random random) {
    if (octets.length == 0) return octets;
    var from = random.nextInt(octets.length);
    var to = Math.min(octets.length, from + random.nextInt(200));
    var piece = Arrays.copyOfRange(octets, from, to);
    var damaged = octets.clone();
    switch (random.nextInt(4)) {
      case 0 -> damaged[from] = (byte) random.nextInt(256);
      case 1 ->
          damaged =
              joined(Arrays.copyOf(octets, from), Arrays.copyOfRange(octets, to, octets.length));
      case 2 -> damaged = joined(octets, piece);
      default -> damaged = joined(piece, octets);
    }
    return damaged;
  }

  private static byte[] joined(byte[] some, byte[] more) {
    return Octets.of(some).then(Octets.of(more)).toArray();
  }

  private static String mixed(String boundary) {
    return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n";
  }

  private static String many(int count, IntFunction<String> piece) {
    return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
  }

  private Document assertStored(String message) {
    return assertStored(Deliveries.latin1(message));
  }

  private Document assertStored(Octets message) {
    return assertStored(message, "message");
  }

  private Document assertStored(Octets message, String about) {
    var delivery = Deliveries.to(USER, message);
    var drafted = new Drafts(events::add, NOW).of(new ObjectId(), delivery);
    var draft = assertInstanceOf(Drafted.Ready.class, drafted, about).draft();
    assertTrue(draft.makes(Message.of(delivery.message())), about);
    var codec = MongoClientSettings.getDefaultCodecRegistry().get(Document.class);
    var octets = new RawBsonDocument(draft.document(), codec).getByteBuffer().remaining();
    assertTrue(octets < MOST_OCTETS, () -> about + ": " + octets + " octets");
    assertEquals(List.of(), events, about);
    return draft.document();
  }
}
