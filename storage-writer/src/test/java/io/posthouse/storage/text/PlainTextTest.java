package io.posthouse.storage.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlainTextTest {
  @Test
  void broken_lines_are_joined_within_their_depth_of_quotes() {
    assertEquals(
        "one two\nthree\n> quoted four\n>> deeper \nfive\n-- \nsix",
        Flowed.unwrapped("one \ntwo\nthree\n> quoted \n> four\n>> deeper \nfive\n-- \nsix", false));
  }

  @Test
  void a_blank_put_before_a_line_is_taken_away() {
    assertEquals("From here\n>not a quote", Flowed.unwrapped(" From here\n >not a quote", false));
  }

  @Test
  void a_blank_added_with_the_break_goes_with_it() {
    assertEquals("日本語", Flowed.unwrapped("日 \n本 \n語", true));
    assertEquals("日 本", Flowed.unwrapped("日 \n本", false));
  }

  @ParameterizedTest
  @CsvSource({
    "Hi Mom -+Jjo--!, Hi Mom -☺-!",
    "A+ImIDkQ., A≢Α.",
    "1 +- 1, 1 + 1",
    "+, +",
    "+A, ''",
    "+2D3eAA-, 😀",
  })
  void utf7_is_read_with_all_its_faults(String written, String text) {
    assertEquals(text, Utf7.decode(written));
  }

  @ParameterizedTest
  @CsvSource({
    "'Hello,\n\nhow are you', 'Hello, how are you'",
    "'> you wrote\nI answer', I answer",
    "'> you wrote\n> this', 'you wrote this'",
    "'[http://a.test/x.png] Dear\n-----\nall', Dear all",
    "'a [b] c [d', a c [d",
    "'two  blanks\tand \n\n  lines ', two blanks and lines",
    "'', ''",
    "'I', I",
  })
  void the_preview_is_what_the_sender_says_first(String text, String intro) {
    assertEquals(intro, Intro.of(text));
  }

  @Test
  void a_long_preview_ends_at_a_word() {
    assertEquals("word ".repeat(25).strip() + "…", Intro.of("word ".repeat(100)));
    assertEquals("x".repeat(128) + "…", Intro.of("x".repeat(200) + "y"));
    assertEquals("xy".repeat(64), Intro.of("xy".repeat(64) + " \n\n"));
    assertEquals("xy".repeat(64) + "…", Intro.of("xy".repeat(64) + "\nz"));
  }

  @ParameterizedTest
  @CsvSource({
    "'a < b & \"c\"', '<p>a &lt; b &amp; &quot;c&quot;</p>'",
    "'one\ntwo', '<p>one<br/>two</p>'",
    "'one \t\n \r\ntwo ', '<p>one</p><p>two</p>'",
    "'', '<p></p>'",
  })
  void plain_text_is_a_page_without_blanks_at_the_ends_of_lines(String text, String page) {
    assertEquals(page, TextHtml.of(text));
  }

  @Test
  void a_line_of_blanks_is_looked_at_once() {
    var blanks = " ".repeat(600_000);
    assertEquals("<p>" + blanks + "x</p>", TextHtml.of(blanks + "x" + blanks));
  }
}
