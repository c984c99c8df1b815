package io.posthouse.storage.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Octets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConversationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lunch | lunch",
        "Re: lunch | lunch",
        "RE: Fwd: fw:re : lunch | lunch",
        "[cooks] Re: [cooks] lunch (fwd) (FWD) | lunch",
        "Re: [open | [open",
        "[cooks][17] lunch | lunch",
        // Without a blank after it, it is no name of a list.
        "Re: [1/2]lunch | [1/2]lunch",
        "[fwd: lunch ] | [fwd: lunch ]",
        "Regarding lunch | Regarding lunch",
        "Re: | ''",
        "(fwd) | ''",
        "'' | ''",
      })
  void a_subject_is_bared_of_what_replies_and_lists_put_around_it(String subject, String bare) {
    assertEquals(bare, Conversation.bare(subject));
  }

  @Test
  void a_subject_of_nothing_but_replies_takes_no_time_that_grows_with_its_square() {
    assertEquals("x", Conversation.bare("Re: ".repeat(500_000) + "x" + "(fwd)".repeat(500_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "[], '', x",
    "[], '', ' x'",
    "'[a] ', '', x",
    "'[a][b] re:', '', x",
    "[, '', ''",
    "'[[ ', '', ]",
    "'re:[', '', '] x'",
    "'Re: [][] ', [, '] x'",
    "' ', '[a]', x",
  })
  void a_subject_as_long_as_a_header_may_be_is_bared_whatever_it_repeats(
      String repeated, String before, String after) {
    var subject = before + repeated.repeat((512 << 10) / repeated.length()) + after;
    assertTrue(subject.endsWith(Conversation.bare(subject)));
  }

  @Test
  void a_message_is_among_its_own_references() {
    var first = of("Message-ID: <a@example.net>\r\n");
    // SHA-1 of `a@example.net`
    assertEquals(List.of("xwPXxRkG7+4xn+mHl+YMDshwLmc"), first.references());
    assertEquals(first.references().stream().findFirst(), first.root());
    assertFalse(first.isReply());
  }

  @Test
  void all_who_refer_to_a_message_know_the_root_by_the_same_name() {
    var first = of("Message-ID: <a@example.net>\r\n");
    var second = of("Message-ID: <b@example.net>\r\nIn-Reply-To: <a@example.net>\r\n");
    var third =
        of(
            """
            Message-ID: <c@example.net>
            In-Reply-To: <b@example.net>
            References: <a@example.net>
             <b@example.net>
            """
                .replace("\n", "\r\n"));
    assertEquals(first.root(), second.root());
    assertEquals(first.root(), third.root());
    assertTrue(second.isReply());
    assertEquals(3, third.references().size());
  }

  @Test
  void a_long_list_is_cut_and_repetitions_count_once() {
    var references = new StringBuilder("References:");
    for (int i = 0; i < 40; i++) references.append(" <").append(i / 2).append("@example.net>");
    var message = of("Message-ID: <0@example.net>\r\n" + references + "\r\n");
    assertEquals(10, message.references().size());
    assertEquals(10, message.references().stream().distinct().count());
  }

  @Test
  void thread_index_is_what_conversations_of_outlook_have_in_common() {
    var begun = of("Thread-Index: AdA1234567890123456789\r\n");
    var answer = of("Thread-Index: AdA1234567890123456789AAAAAABBBBBB\r\n");
    assertEquals(begun.references(), answer.references());
  }

  @Test
  void a_message_without_a_name_belongs_to_none() {
    var nameless = of("Subject: x\r\nMessage-ID: <>\r\n");
    assertEquals(List.of(), nameless.references());
    assertEquals(Optional.empty(), nameless.root());
  }

  private static Conversation of(String header) {
    var message = LaidOut.of(Octets.utf8(header + "\r\n"));
    return Conversation.of(message.root().header(), "lunch");
  }
}
