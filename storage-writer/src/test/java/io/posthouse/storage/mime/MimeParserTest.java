package io.posthouse.storage.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Structure, one line a part: `TYPE "body"`, children indented, messages within after a `>`.
final class MimeParserTest {
  @Test
  void a_plain_message_is_header_and_body() {
    assertShape(
        """
        Subject: x

        one
        two
        """,
        """
        text/plain "one|two|"
        """);
  }

  @Test
  void parts_lie_between_their_boundaries() {
    assertShape(
        """
        Content-Type: multipart/mixed; boundary="b"

        preamble
        --b
        Content-Type: text/plain

        first
        --b
        Content-Type: image/png

        second
        --b--
        """,
        """
        multipart/mixed "preamble|"
          text/plain "first"
          image/png "second"
        """);
  }

  @Test
  void a_message_within_the_message_has_its_own_structure() {
    assertShape(
        """
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: message/rfc822

        Content-Type: multipart/mixed; boundary=c

        --c

        one
        --c--
        --b--
        """,
        """
        multipart/mixed ""
          message/rfc822 "Content-Type: multipart/mixed; boundary=c||--c||one|--c--"
          > multipart/mixed ""
          >   text/plain "one"
        """);
  }

  @Test
  void an_encoded_message_is_not_read() {
    assertShape(
        """
        Content-Type: message/rfc822
        Content-Transfer-Encoding: base64

        U3ViamVjdDogeA==
        """,
        """
        message/rfc822 "U3ViamVjdDogeA==|"
        """);
  }

  @Test
  void messages_within_messages_are_read_to_the_depth_of_multiparts() {
    var shape = shape(crlf("Content-Type: message/rfc822\n\n".repeat(50) + "x"));
    assertEquals(21, shape.lines().count());
  }

  @Test
  void long_messages_within_messages_are_read_until_they_are_twice_the_message() {
    var shape = shape(crlf("Content-Type: message/rfc822\n\n".repeat(5) + "x".repeat(3 << 20)));
    assertEquals(3, shape.lines().count());
  }

  @Test
  void an_outer_boundary_ends_the_parts_within_though_theirs_is_missing() {
    assertShape(
        """
        Content-Type: multipart/mixed; boundary=outer

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner

        a
        --outer
        Content-Type: text/html

        b
        --outer--
        """,
        """
        multipart/mixed ""
          multipart/alternative ""
            text/plain "a"
          text/html "b"
        """);
  }

  @Test
  void a_boundary_may_have_blanks_at_its_end() {
    assertShape(
        "Content-Type: multipart/mixed; boundary=b\n\n--b  \n\na\n--b-- \t\n",
        """
        multipart/mixed ""
          text/plain "a"
        """);
  }

  @Test
  void a_longer_boundary_is_not_the_shorter_one() {
    assertShape(
        "Content-Type: multipart/mixed; boundary=b\n\n--bb\n--b\n\na\n--b-\n--b--\n",
        """
        multipart/mixed "--bb|"
          text/plain "a|--b-"
        """);
  }

  @Test
  void a_multipart_without_a_boundary_line_is_a_body() {
    assertShape(
        "Content-Type: multipart/mixed; boundary=b\n\nnothing here\n--b--\n",
        """
        multipart/mixed "nothing here|--b--|"
        """);
  }

  @Test
  void what_follows_the_last_boundary_belongs_to_no_part() {
    var message =
        crlf("Content-Type: multipart/mixed; boundary=b\n\n--b\nA: b\n\na\n--b--\nepilogue\n");
    var laidOut = LaidOut.of(message);
    assertEquals(1, laidOut.edits().size());
    assertEquals(Octets.utf8("epilogue\r\n"), laidOut.edits().getFirst().put());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Subject: x\n\nbody\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nA: b\n\na\n--b\nA: c\n\nb\n--b--\n",
      })
  void ordinary_mail_needs_no_edits(String text) {
    assertEquals(List.of(), LaidOut.of(crlf(text)).edits());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "Subject: no body\n",
        "Subject: no line end",
        "Subject: empty body\n\n",
        "no header\n",
        " folded from the start\n\nx",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b--",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nA: b\n--b--\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\n--b--\n\n\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b",
        "Content-Type: multipart/mixed; boundary=b\n\n--b--\n--b\n\nx",
        "Content-Type: multipart/mixed; boundary=b\n--b\n\nx",
        "Content-Type: multipart/mixed; boundary=\n\n--\nx\n----\n",
      })
  void every_message_is_made_again(String text) {
    assertMadeAgain(crlf(text));
    assertMadeAgain(Octets.utf8(text));
  }

  @Test
  void a_body_is_kept_whole_only_where_its_parts_do_not_make_it_and_it_has_an_end() {
    var made = "Content-Type: multipart/mixed; boundary=b\n\n--b\nX: y\n\none\n--b--\n";
    assertEquals(Optional.empty(), LaidOut.of(crlf(made)).wholeBody());
    var more = LaidOut.of(crlf(made + "\n"));
    assertEquals(Optional.of(new Slice(45, more.message().length())), more.wholeBody());
    assertEquals(more.message().length(), more.served());
    var endless = LaidOut.of(crlf(made.replace("--b--\n", "")));
    assertEquals(Optional.empty(), endless.wholeBody());
    assertEquals(endless.message().length(), endless.served());
  }

  @Test
  void a_header_without_a_body_is_told_from_one_without_an_end() {
    assertTrue(LaidOut.of(crlf("Subject: x\n\n")).isHeaderAlone());
    assertFalse(LaidOut.of(crlf("Subject: x\n")).isHeaderAlone());
    assertFalse(LaidOut.of(crlf("Subject: x\n\n\n")).isHeaderAlone());
  }

  @Test
  void any_octets_at_all_are_made_again() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      var message = randomMessage(random);
      try {
        assertMadeAgain(message);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", message " + i, e);
      }
    }
  }

  @Test
  void depth_parts_and_header_are_bounded() {
    var deep = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
    for (int i = 0; i < 200; i++)
      deep.append("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n".formatted(i, i + 1));
    assertTrue(shape(crlf(deep.toString())).lines().count() <= 30);

    var wide = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(50_000);
    assertTrue(shape(crlf(wide)).lines().count() <= 1_001);
    assertMadeAgain(crlf(wide));
    assertMadeAgain(crlf("A: b\n".repeat(100_000)));
    assertMadeAgain(crlf("A: " + "b".repeat(3 << 20) + "\n\nx"));
  }

  private static Octets randomMessage(Random random) {
    var pieces =
        List.of(
            "Content-Type: multipart/mixed; boundary=b",
            "Content-Type: multipart/related; boundary=\"c d\"",
            "Content-Type: text/plain",
            "--b",
            "--b--",
            "--c d",
            "--c d--",
            "--b ",
            "--",
            "\r\n",
            "\n",
            "\r",
            " ",
            "\t",
            "x",
            "A: b",
            "\u00e4",
            "\0",
            "\r\n\r\n",
            "\n\n",
            ": y",
            ".");
    var text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
      if (random.nextInt(3) > 0) text.append("\r\n");
    }
    return Octets.of(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void assertMadeAgain(Octets message) {
    // It compares every octet itself, and throws where it cannot.
    assertEquals(message.length(), LaidOut.of(message).message().length());
  }

  private static void assertShape(String message, String shape) {
    assertEquals(shape, shape(crlf(message)));
  }

  private static String shape(Octets octets) {
    var message = Message.of(octets);
    var lines = new ArrayList<String>();
    describe(message, MimeParser.parse(message, MimeParser.Limits.DEFAULT), "", lines);
    return String.join("\n", lines) + "\n";
  }

  private static void describe(Message message, MimePart part, String indent, List<String> lines) {
    var own =
        switch (part) {
          case MimePart.Leaf leaf -> leaf.body();
          case MimePart.Multipart multipart -> multipart.preamble();
        };
    lines.add(
        indent
            + part.header().contentType().value()
            + " \""
            + message.latin1(own).replace("\r\n", "|")
            + "\"");
    if (part instanceof MimePart.Multipart multipart)
      multipart.children().forEach(child -> describe(message, child, indent + "  ", lines));
    if (part instanceof MimePart.Leaf leaf)
      leaf.message().ifPresent(within -> describe(message, within, indent + "> ", lines));
  }

  private static Octets crlf(String text) {
    return Octets.utf8(text.replace("\n", "\r\n"));
  }
}
