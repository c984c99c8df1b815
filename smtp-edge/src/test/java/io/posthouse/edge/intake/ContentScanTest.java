package io.posthouse.edge.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.ByteSize;
import io.posthouse.edge.session.Refusal;
import io.posthouse.message.MailParameters.Body;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContentScanTest {
  private static final ContentLimits LIMITS =
      new ContentLimits(
          ByteSize.mib(50), new ByteSize(3000), new ByteSize(20_000), 200, 5, 100, 20, 2);
  private static final String PLAIN = "Subject: x\r\n\r\nbody\r\n";

  private static ContentScan scan(Body body, String content, int piece) {
    var scan = new ContentScan(LIMITS, body, "mx.example.net", Set.of("bob@example.net"));
    var octets = content.getBytes(ISO_8859_1);
    for (int at = 0; at < octets.length; at += piece)
      scan.take(octets, at, Math.min(octets.length, at + piece));
    scan.end();
    return scan;
  }

  private static HeaderScan header(String content) {
    return scan(Body.SEVEN_BIT, content, 1000).header();
  }

  /// What is said of some content; the same whatever the pieces.
  private static String said(Body body, String content) {
    var whole = said(scan(body, content, Integer.MAX_VALUE / 2));
    for (int piece : new int[] {1, 7, 64, 4097})
      assertEquals(whole, said(scan(body, content, piece)), "pieces of " + piece);
    return whole;
  }

  private static String said(String content) {
    return said(Body.EIGHT_BIT_MIME, content);
  }

  private static String said(ContentScan scan) {
    return scan.problem().map(Refusal::check).orElse("fine");
  }

  private static String times(int count, String text) {
    return text.repeat(count);
  }

  @Test
  void hosts_are_counted_in_the_header_only() {
    var header = "Received: from a\r\n\tby b\r\nreceived: from c\r\nX-Received: no\r\n";
    assertEquals(2, header(header + "\r\nReceived: in the body\r\n").received());
  }

  @Test
  void fields_are_found_in_any_case_and_on_the_next_line() {
    var header = header("date: now\r\nMESSAGE-ID:\r\n <1@example.net>\r\n\r\n");
    assertTrue(header.hasDate());
    assertEquals(Optional.of("<1@example.net>"), header.messageId());
  }

  @Test
  void what_is_not_there_is_not_found() {
    var header = header("Dates: no\r\nSubject: Date: no\r\n Date: folded\r\n\r\nDate: body\r\n");
    assertFalse(header.hasDate());
    assertEquals(Optional.empty(), header.messageId());
    assertEquals(Optional.empty(), header("Message-ID:  \r\nSubject: x\r\n\r\n").messageId());
    assertEquals(0, header("").received());
  }

  @Test
  void a_header_longer_than_any_piece_of_it_is_read_to_its_end() {
    var long_ = times(150, "X-Filler: " + times(10, "filler ") + "\r\n");
    var header = header(long_ + "Message-ID: <late@example.net>\r\nDate: now\r\n\r\nbody\r\n");
    assertTrue(header.hasDate());
    assertEquals(Optional.of("<late@example.net>"), header.messageId());
  }

  @Test
  void lines_far_longer_than_the_standard_are_fine_but_not_of_any_length() {
    assertEquals("fine", said(PLAIN + times(2500, "x") + "\r\n"));
    assertEquals("fine", said(PLAIN + times(2998, "x") + "\r\n" + times(2998, "x") + "\r\n"));
    assertEquals("line", said(PLAIN + times(2999, "x") + "\r\n"));
    assertEquals("line", said(PLAIN + times(100_000, "x")));
    assertEquals("fine", said(Body.BINARY_MIME, PLAIN + times(100_000, "x")));
  }

  @Test
  void headers_are_limited_in_length_and_fields_those_of_parts_too() {
    assertEquals("fine", said(times(199, "X-A: b\r\n") + PLAIN));
    assertEquals("header", said(times(200, "X-A: b\r\n") + PLAIN));
    assertEquals("header", said("X-A: b\r\n" + times(2000, " folded and so\r\n") + PLAIN));
    var part = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n";
    assertEquals("fine", said(part + times(200, "X-A: b\r\n") + "\r\n"));
    assertEquals("header", said(part + times(201, "X-A: b\r\n") + "\r\n"));
    assertEquals("fine", said("\r\n" + times(10_000, "X-A: b\r\n")));
  }

  /// A message of parts in parts.
  private static String nested(int depth) {
    return IntStream.range(0, depth)
        .mapToObj(i -> "Content-Type: multipart/mixed;\r\n\tboundary=\"b" + i + "\"\r\n\r\n--b" + i)
        .collect(Collectors.joining("\r\n", "", "\r\n" + PLAIN));
  }

  @Test
  void a_header_ends_where_something_is_no_field() {
    assertEquals("fine", said(times(10_000, "no header at all\r\n")));
    assertEquals("fine", said("Subject: x\r\nno field\r\n" + times(10_000, "X-A: b\r\n")));
    assertEquals("header", said(times(201, "X-A : an old way to write it\r\n") + PLAIN));
  }

  @Test
  void parts_in_parts_are_limited_and_so_are_messages_in_messages() {
    assertEquals("fine", said(nested(5)));
    assertEquals("mime", said(nested(6)));
    assertEquals("fine", said(times(5, "Content-Type: message/rfc822\r\n\r\n") + PLAIN));
    assertEquals("mime", said(times(6, "Content-Type: message/rfc822\r\n\r\n") + PLAIN));
  }

  @Test
  void parts_beside_each_other_are_not_deep_but_counted() {
    var alternatives =
        "Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\n\r\n--in--\r\n";
    var parts = "Content-Type: multipart/mixed; boundary=out\r\n\r\n";
    assertEquals("fine", said(parts + times(50, "--out\r\n" + alternatives) + "--out--\r\n"));
    assertEquals("mime", said(parts + times(51, "--out\r\n" + alternatives) + "--out--\r\n"));
  }

  @Test
  void a_part_may_lack_its_end_and_even_the_end_of_its_header() {
    var parts = "Content-Type: multipart/mixed; boundary=out\r\n\r\n";
    var open = "--out\r\nContent-Type: multipart/mixed; boundary=in\r\n";
    assertEquals("fine", said(parts + times(40, open) + "--out--\r\n"));
    assertEquals("fine", said(parts + times(20, open + "\r\n--in\r\n\r\n") + "--out--\r\n"));
  }

  @Test
  void a_boundary_is_a_line_of_its_own_and_exact() {
    var parts = "Content-Type: multipart/mixed; boundary=out\r\n\r\n";
    var lines = "--ou\r\n--outer\r\n---out\r\n --out\r\nx--out\r\n--out---\r\n";
    assertEquals("fine", said(parts + times(101, lines)));
    assertEquals("mime", said(parts + times(101, "--out  \t\r\n\r\n")));
    assertEquals(
        "mime", said("Content-Type: multipart/x; boundary=" + times(201, "b") + "\r\n\r\n"));
  }

  @Test
  void a_message_that_has_come_far_or_comes_again_and_again_loops() {
    assertEquals("fine", said(times(20, "Received: by a.example\r\n") + PLAIN));
    assertEquals("hops", said(times(21, "Received: by a.example\r\n") + PLAIN));
    var here =
        "Received: from a.example ([192.0.2.1])\r\n\tby MX.example.net (Posthouse) with SMTP\r\n";
    assertEquals("fine", said(times(2, here) + PLAIN));
    assertEquals("loop", said(times(3, here) + PLAIN));
    assertEquals("fine", said(times(3, "Received: by mx.example.net.evil.example\r\n") + PLAIN));
    assertEquals("loop", said(times(3, "Delivered-To: Bob@Example.Net\r\n") + PLAIN));
    assertEquals("fine", said(times(3, "Delivered-To: carol@example.net\r\n") + PLAIN));
    assertEquals("fine", said("\r\n" + times(30, here)));
  }

  @Test
  void any_octets_in_any_pieces_are_some_content() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var pieces =
        new String[] {
          "Content-Type:",
          "multipart/a;",
          "boundary",
          "=",
          "\"",
          "b",
          "--",
          "\r\n",
          "\n",
          "\r",
          " ",
          "\\",
          "message/rfc822",
          "Received: by ",
          "Message-ID:",
          "\0",
          "\u00ff",
          ":"
        };
    for (int round = 0; round < 20_000; round++) {
      var content = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--)
        content.append(pieces[random.nextInt(pieces.length)]);
      var text = content.toString();
      var whole = scan(Body.SEVEN_BIT, text, Integer.MAX_VALUE / 2);
      var cut = scan(Body.SEVEN_BIT, text, 1 + random.nextInt(10));
      assertEquals(whole.header(), cut.header(), () -> "seed " + seed);
      assertEquals(said(whole), said(cut), () -> "seed " + seed);
    }
  }
}
