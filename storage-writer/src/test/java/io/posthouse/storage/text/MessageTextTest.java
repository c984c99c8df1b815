package io.posthouse.storage.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import io.posthouse.storage.mime.Message;
import io.posthouse.storage.mime.MimeParser;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageTextTest {
  @Test
  void plain_text_is_its_own_text_and_has_a_page_made_of_it() {
    var read = read("Subject: x\n\nOne & two\nthree\n\nfour\n");
    assertEquals("One & two\nthree\n\nfour", read.text());
    assertEquals(List.of("<p>One &amp; two<br/>three</p><p>four</p>"), read.html());
    assertEquals("One & two three four", read.intro());
  }

  @Test
  void a_page_is_its_own_page_and_has_text_made_of_it() {
    var read = read("Content-Type: text/html\n\n<p>One <b>two</b></p><p>three</p>");
    assertEquals("One two\n\nthree", read.text());
    assertEquals(List.of("<p>One <b>two</b></p><p>three</p>"), read.html());
  }

  @Test
  void of_two_forms_of_one_thing_each_is_taken_for_what_it_is() {
    var read =
        read(
            """
            Content-Type: multipart/alternative; boundary=b

            --b

            plain
            --b
            Content-Type: multipart/related; boundary=c

            --c
            Content-Type: text/html

            <i>page</i>
            --c--
            --b--
            """);
    assertEquals("plain", read.text());
    assertEquals(List.of("<i>page</i>"), read.html());
    assertEquals("page", read.intro());
  }

  @Test
  void an_alternative_to_nothing_is_read_as_if_it_stood_alone() {
    var page =
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n";
    assertEquals("only", read(page + "<p>only</p>\n--b--\n").text());
  }

  @Test
  void an_empty_text_beside_a_page_is_replaced_by_what_the_page_says() {
    var both =
        """
        Content-Type: multipart/alternative; boundary=b

        --b

        \s
        --b
        Content-Type: text/html

        <p>something</p>
        --b--
        """;
    assertEquals("something", read(both).text());
  }

  @Test
  void parts_follow_one_another_and_attached_ones_are_left_out() {
    var read =
        read(
            """
            Content-Type: multipart/mixed; boundary=b

            --b

            first
            --b
            Content-Type: text/plain
            Content-Disposition: attachment; filename=a.txt

            attached
            --b
            Content-Type: application/pdf

            binary
            --b
            Content-Type: text/html
            Content-Disposition: inline

            <p>second</p>
            --b--
            """);
    assertEquals("first\nsecond", read.text());
    assertEquals(List.of("<p>first</p>", "<p>second</p>"), read.html());
  }

  @Test
  void a_report_of_delivery_is_read_with_the_message() {
    var read = read("Content-Type: message/delivery-status\n\nStatus: 5.1.1\n");
    assertEquals("Status: 5.1.1", read.text());
  }

  @Test
  void pictures_of_the_message_are_found_among_its_attachments() {
    var page = "Content-Type: text/html\n\n<img src=\"cid:a%40b\"><img src='cid:other'>";
    var read = read(Octets.utf8(page), Map.of("a@b", "ATT00007"));
    assertEquals(List.of("<img src=\"attachment:ATT00007\"><img src='cid:other'>"), read.html());
  }

  @Test
  void a_page_of_nothing_but_pictures_takes_no_time_that_grows_with_its_square() {
    var pictures = "cid:".repeat(400_000);
    var read = read(Octets.utf8("Content-Type: text/html\n\n" + pictures), Map.of("a", "b"));
    assertTrue(pictures.startsWith(read.html().getFirst()));
  }

  @Test
  void what_a_message_within_the_message_says_is_read_too() {
    var read =
        read(
            """
            Content-Type: multipart/mixed; boundary=b

            --b

            Look at this.
            --b
            Content-Type: message/rfc822

            Subject: this

            An offer.
            --b--
            """);
    assertEquals("Look at this.\nAn offer.", read.text());
    assertEquals(List.of("<p>Look at this.</p>", "<p>An offer.</p>"), read.html());
  }

  @Test
  void a_multipart_of_which_no_part_is_found_is_read_as_text() {
    assertEquals("words", read("Content-Type: multipart/mixed; boundary=b\n\nwords\n").text());
  }

  @Test
  void long_text_is_searched_at_its_start_and_kept_up_to_a_bound() {
    var read = read("\n" + "ab ".repeat(100_000));
    assertEquals(1024, read.text().length());
    assertEquals(100 * 1024, read.text().length() + read.footer().length());
    assertEquals(299_999 + 7, read.html().getFirst().length());
  }

  @Test
  void pages_are_kept_up_to_a_bound_together() {
    var part = "--b\nContent-Type: text/html\n\n<p>" + "x".repeat(400 * 1024) + "\n";
    var read = read("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(3) + "--b--\n");
    assertEquals(2, read.html().size());
    assertEquals(640 * 1024, read.html().stream().mapToInt(String::length).sum());
  }

  @Test
  void no_character_is_cut_in_two() {
    var read = read("Content-Type: text/plain; charset=utf-8\n\nx" + "😀".repeat(200_000));
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(read.text()));
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(read.footer()));
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(read.html().getFirst()));
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(read.intro()));
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1251, Привет",
    "koi8-r, Привет",
    "iso-2022-jp, 日本語",
    "gb18030, 汉字",
    "euc-kr, 한국어",
    "utf-16be, Grüße",
    "iso-8859-15, Grüße €",
    "windows-1257, Ąžuolas",
    "utf-8, Ąžuolas",
  })
  void text_is_read_in_the_charset_it_names(String charset, String text) {
    var body = Base64.getMimeEncoder().encodeToString(text.getBytes(Charset.forName(charset)));
    var head = "Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=" + charset;
    assertEquals(text, read(head + "\n\n" + body).text());
  }

  @Test
  void text_that_names_no_charset_is_utf8_where_it_can_be_and_windows_1257_otherwise() {
    assertEquals("Grüße", read(Octets.utf8("Subject: x\n\nGrüße\n"), Map.of()).text());
    var baltic = "\nĄžuolas\n".getBytes(Charset.forName("windows-1257"));
    assertEquals("Ąžuolas", read(Octets.of(baltic), Map.of()).text());
  }

  @ParameterizedTest
  @CsvSource({"x-unknown", "us-ascii", "none", "\"\""})
  void text_in_a_charset_nobody_knows_is_read_as_far_as_it_is_utf8(String charset) {
    var head = "Content-Type: text/plain; charset=" + charset + "\n\n";
    assertEquals("Grüße", read(Octets.utf8(head + "Grüße"), Map.of()).text());
  }

  @Test
  void octets_that_mean_nothing_become_replacement_characters() {
    var octets = "Content-Type: text/plain; charset=x-none\n\na\u00ff\u0000b";
    var read = read(Octets.of(octets.getBytes(StandardCharsets.ISO_8859_1)), Map.of());
    assertEquals("a\uFFFDb", read.text());
  }

  @Test
  void a_message_without_text_has_none() {
    var read = read("Content-Type: image/png\n\nabc");
    assertEquals("", read.text() + read.footer() + read.intro());
    assertTrue(read.html().isEmpty());
    assertFalse(read("").html().iterator().hasNext());
  }

  private static MessageText read(String message) {
    return read(Octets.utf8(message), Map.of());
  }

  private static MessageText read(Octets octets, Map<String, String> attachments) {
    var message = Message.of(octets);
    var root = MimeParser.parse(message, MimeParser.Limits.DEFAULT);
    return MessageText.of(message, root, attachments);
  }
}
