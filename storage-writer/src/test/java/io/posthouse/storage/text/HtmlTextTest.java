package io.posthouse.storage.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HtmlTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '!',
      delimiter = '|',
      value = {
        "a  b<br>c | a b\\nc",
        "<p>a</p><p>b</p> | a\\n\\nb",
        "<div>a</div><div>b</div> | a\\nb",
        "<td>a</td><td>b</td> | a b",
        "<ul><li>a<li>b</ul>c | * a\\n* b\\n\\nc",
        "a&nbsp;&amp;&lt;&#x41;&unknown; | a &<A&unknown;",
        "<style>p { x }</style>a<script>if (a<b) </scrip></script>b | ab",
        "<head><title>t</title></head>a | a",
        "a<!-- b > --!> c -->d | ad",
        "<![if !mso]>a<![endif]>b | ab",
        "1 < 2 <3 | 1 < 2 <3",
        "<p title='a>b'>c | c",
        "<p title=\"never closed>a | a",
        "<a href=\"https://a.test/\">there</a> and | there [https://a.test/] and",
        "<a href='#x'>here</a> | here",
        "<img src=x alt=\"a cat\"> | [a cat]",
        "<pre>a\\n  b</pre> | a\\nb",
        "<B>a</B><Br/>b | a\\nb",
        "a< | a<",
        "a<p | a",
        "a<!-- b | a",
        "a<style>b | a",
      })
  void a_page_says_what_a_browser_would_show(String html, String text) {
    assertEquals(text.replace("\\n", "\n"), HtmlText.of(html.replace("\\n", "\n"), 1000));
  }

  @Test
  void reading_ends_when_there_is_enough() {
    var text = HtmlText.of("<p>word</p>".repeat(100_000), 100);
    assertTrue(text.length() < 120, text);
  }

  @Test
  void any_nesting_is_read() {
    assertEquals("deep", HtmlText.of("<div>".repeat(200_000) + "deep", 100));
  }

  @Test
  void anything_at_all_is_a_page() {
    var pieces = new String[] {"<", ">", "a", " ", "=", "\"", "'", "/", "!", "-", "&", "#", ";"};
    for (int seed = 0; seed < 20_000; seed++) {
      var random = new Random(seed);
      var html = new StringBuilder();
      for (int i = 0; i < 30; i++) html.append(pieces[random.nextInt(pieces.length)]);
      try {
        HtmlText.of(html.toString(), 100);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + html, e);
      }
    }
  }
}
