package io.posthouse.storage.rules;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.message.Octets;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Placement.Mark;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.rules.Filter.Actions;
import io.posthouse.storage.rules.Filter.Conditions;
import io.posthouse.storage.rules.Filter.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgeTest {
  private static final Folder LISTS = new Folder.ById("65f0c0ffee65f0c0ffee0001");
  private static final Folder OTHER = new Folder.ById("65f0c0ffee65f0c0ffee0002");
  private static final Target CAROL = new Target("mail", "carol@example.net");
  private static final Target DAVE = new Target("mail", "dave@example.net");
  private static final Conditions ALWAYS =
      new Conditions(Map.of(), Optional.empty(), 0, Optional.empty());
  private static final Actions NOTHING =
      new Actions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());
  private static final String MAIL =
      """
      Delivered-To: bob+java@example.test
      From: Alice =?utf-8?q?Caf=C3=A9?= <alice@example.org>
      Sender: robot@lists.example.org
      To: Bob <bob@example.test>
      Cc: team@example.test
      Subject: =?utf-8?b?R3LDvMOfZQ==?= from\r
       the Road
      List-Id: The list <java.lists.example.org>

      Hello
      """;

  @Test
  void mail_that_no_rule_knows_lies_in_the_inbox_as_it_came() {
    var decision = decide(filter("1", subject("invoice"), spam(true)));
    assertTrue(decision.isPlain());
    assertEquals(new Folder.Inbox(), decision.folder());
    assertEquals(Octets.EMPTY, decision.placement(List.of()).lines());
  }

  @ParameterizedTest
  @CsvSource({
    "FROM, alice@example.org, true",
    "FROM, café, true",
    "FROM, robot@, true",
    "FROM, bob@, false",
    "TO, bob@example.test, true",
    "TO, team@, true",
    "TO, bob+java, true",
    "TO, alice, false",
    "SUBJECT, grüße from the road, true",
    "SUBJECT, the road home, false",
    "LIST_ID, java.lists, true",
    "LIST_ID, perl.lists, false"
  })
  void a_filter_looks_for_text_in_the_fields_as_a_person_reads_them(
      Field field, String text, boolean found) {
    var conditions = new Conditions(Map.of(field, text), Optional.empty(), 0, Optional.empty());
    assertEquals(found, conditions.match(mail(MAIL)));
  }

  @Test
  void all_conditions_of_a_filter_must_hold() {
    var both = Map.of(Field.FROM, "alice", Field.SUBJECT, "invoice");
    assertFalse(new Conditions(both, Optional.empty(), 0, Optional.empty()).match(mail(MAIL)));
    var one = Map.of(Field.FROM, "alice");
    assertTrue(new Conditions(one, Optional.of(false), 10, Optional.empty()).match(mail(MAIL)));
    assertFalse(new Conditions(one, Optional.of(true), 10, Optional.empty()).match(mail(MAIL)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "9, true",
    "10, false",
    "11, false",
    "-9, false",
    "-10, false",
    "-11, true"
  })
  void a_size_is_exceeded_or_with_a_minus_not_reached(long size, boolean holds) {
    var ten = mail("A: \n\n1\n");
    assertEquals(10, ten.size());
    assertEquals(
        holds, new Conditions(Map.of(), Optional.empty(), size, Optional.empty()).match(ten));
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, mixed, false",
    "application/pdf, mixed, true",
    "image/png, related, false",
    "image/png, mixed, true"
  })
  void a_picture_within_a_page_is_no_attachment(String type, String multipart, boolean attached) {
    var mail =
        mail(
            "Content-Type: multipart/%s; boundary=b\n\n--b\nContent-Type: %s\n\nx\n--b--\n"
                .formatted(multipart, type));
    var conditions = new Conditions(Map.of(), Optional.of(true), 0, Optional.empty());
    assertEquals(attached, conditions.match(mail));
  }

  @ParameterizedTest
  @CsvSource({
    "hello, true",
    "HELLO there, false",
    "hello there, false",
    "there OR hello, true",
    "'\"hello   Bob\"', true",
    "'\"Bob hello\"', false",
    "Bob AND hello, true",
    "OR, false"
  })
  void a_filter_looks_for_words_and_phrases_in_the_text(String query, boolean found) {
    var wanted = Optional.of(Phrases.parse(query));
    var mail = mail("Subject: there\n\nHello\nBob,\nhow are you?\n");
    assertEquals(found, new Conditions(Map.of(), Optional.empty(), 0, wanted).match(mail));
  }

  @Test
  void the_first_filter_to_say_something_wins_action_by_action() {
    var decision =
        decide(
            filter("1", ALWAYS, with(NOTHING, Optional.of(true), Optional.empty())),
            filter("2", ALWAYS, with(NOTHING, Optional.of(false), Optional.of(LISTS))),
            filter("3", ALWAYS, with(NOTHING, Optional.empty(), Optional.of(OTHER))));
    assertEquals(Set.of(Mark.SEEN), decision.marks());
    assertEquals(LISTS, decision.folder());
    assertEquals(List.of("1", "2", "3"), decision.matched());
  }

  @Test
  void a_filter_that_says_no_keeps_a_later_one_from_deleting() {
    assertFalse(
        decide(filter("1", ALWAYS, delete(false)), filter("2", ALWAYS, delete(true))).dropped());
    assertTrue(decide(filter("1", ALWAYS, NOTHING), filter("2", ALWAYS, delete(true))).dropped());
  }

  @Test
  void targets_add_up_and_each_gets_one() {
    var rules =
        new UserRules(
            50,
            Set.of(),
            List.of(filter("1", ALWAYS, to(CAROL)), filter("2", ALWAYS, to(DAVE))),
            List.of(CAROL),
            10);
    var decision = Judge.decide(rules, Optional.empty(), mail(MAIL), 0);
    assertEquals(List.of(CAROL, DAVE), decision.targets());
  }

  @Test
  void spam_is_junk_and_goes_no_further() {
    var decision = decide(filter("1", ALWAYS, spam(true)), filter("2", ALWAYS, to(CAROL)));
    assertEquals(new Folder.Junk(), decision.folder());
    assertEquals(List.of(), decision.targets());
    assertTrue(decision.isSpam());
    var lines = new String(decision.placement(List.of()).lines().toArray(), US_ASCII);
    var expected =
        """
        WD-Mail-Classification: spam
        WD-Mail-Classification-Source: filter
        WD-Mail-Classification-Info: 1
        """;
    assertEquals(expected.replace("\n", "\r\n"), lines);
  }

  @Test
  void a_folder_that_a_filter_names_beats_spam() {
    var decision =
        decide(
            filter("1", ALWAYS, spam(true)),
            filter("2", ALWAYS, with(NOTHING, Optional.empty(), Optional.of(LISTS))));
    assertEquals(LISTS, decision.folder());
    assertTrue(decision.isSpam());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, true", "1, 0, false", "50, 49, false", "50, 50, true", "100, 100, false"})
  void the_score_is_held_against_the_users_level(int level, int score, boolean spam) {
    var rules = new UserRules(level, Set.of(), List.of(), List.of(), 10);
    assertEquals(spam, Judge.decide(rules, Optional.empty(), mail(MAIL), score).isSpam());
  }

  @ParameterizedTest
  @CsvSource({"true, JUNK", "false, INBOX"})
  void what_is_said_of_the_domain_comes_before_filter_and_score(boolean blocked, String folder) {
    var access = new DomainAccess("7", "vip", Domain.parse("example.org").orElseThrow(), blocked);
    var rules =
        new UserRules(
            0, Set.of("vip"), List.of(filter("1", ALWAYS, spam(!blocked))), List.of(), 10);
    var decision = Judge.decide(rules, Optional.of(access), mail(MAIL), 100);
    var expected = folder.equals("JUNK") ? new Folder.Junk() : new Folder.Inbox();
    assertEquals(expected, decision.folder());
    assertEquals(List.of((blocked ? "block" : "allow") + ":vip:7", "1"), decision.matched());
  }

  @ParameterizedTest
  @CsvSource({
    "'Received: x', 0",
    "'X-Posthouse-Spam-Score: 75', 75",
    "'x-posthouse-spam-score: 999', 100",
    "'X-Spam-Score: 75', 0",
    "'X-Other: X-Posthouse-Spam-Score: 75', 0"
  })
  void only_a_line_of_our_own_gives_a_score(String line, int score) {
    assertEquals(score, SpamScore.of(Octets.utf8("A: b\r\n" + line + "\r\nC: d\r\n")));
  }

  private static Decision decide(Filter... filters) {
    var rules = new UserRules(50, Set.of(), List.of(filters), List.of(), 10);
    return Judge.decide(rules, Optional.empty(), mail(MAIL), 0);
  }

  private static Filter filter(String id, Conditions conditions, Actions actions) {
    return new Filter(id, conditions, actions);
  }

  private static Conditions subject(String text) {
    return new Conditions(Map.of(Field.SUBJECT, text), Optional.empty(), 0, Optional.empty());
  }

  private static Actions spam(boolean spam) {
    return new Actions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(spam),
        Optional.empty(),
        List.of());
  }

  private static Actions delete(boolean delete) {
    return new Actions(
        Optional.empty(),
        Optional.empty(),
        Optional.of(delete),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Actions to(Target target) {
    return new Actions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(target));
  }

  private static Actions with(Actions of, Optional<Boolean> seen, Optional<Folder> folder) {
    return new Actions(seen, of.flag(), of.delete(), of.spam(), folder, of.targets());
  }

  private static Mail mail(String text) {
    return Mail.of(Octets.utf8(text.replace("\r", "").replace("\n", "\r\n")));
  }
}
