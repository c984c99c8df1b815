package io.posthouse.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.UnknownFieldSet;
import io.posthouse.address.Domain;
import io.posthouse.address.ReversePath;
import io.posthouse.message.Attempt;
import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.message.SiteName;
import io.posthouse.queue.record.CriterionRecord;
import io.posthouse.queue.record.QueueFilterRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueueFilterTest {
  private static final Envelope MESSAGE = Samples.message(Samples.CAROL, Samples.ALICE);
  private static final Instant NOW = MESSAGE.arrived().plus(Duration.ofHours(4));

  @Test
  void a_filter_that_names_a_message_can_mean_that_one_only() {
    var id = Samples.queueId();
    var domain = new Criterion.To(new Domain("example.net"));
    assertEquals(Optional.of(id), QueueFilter.of(domain, new Criterion.Id(id)).only());
    assertEquals(Optional.empty(), QueueFilter.of(domain).only());
  }

  @ParameterizedTest
  @CsvSource({
    "example.net, true",
    "Example.NET, true",
    "example.test, true", // of a local recipient
    "example.com, false", // of the sender
    "net, false"
  })
  void a_domain_is_that_of_a_recipient(String domain, boolean matches) {
    assertEquals(matches, matches(new Criterion.To(new Domain(domain)), MESSAGE));
  }

  @ParameterizedTest
  @CsvSource({
    "sender@example.com, true",
    "Sender@EXAMPLE.com, true",
    "@example.com, true",
    "@com, false",
    "other@example.com, false",
    "carol@example.net, false",
    "<>, false"
  })
  void a_sender_is_an_address_or_everybody_at_a_domain(String pattern, boolean matches) {
    assertEquals(matches, matches(new Criterion.Sender(path(pattern)), MESSAGE));
  }

  @Test
  void the_null_reverse_path_is_nobody_at_no_domain() {
    var dsn = Samples.from(new ReversePath.Null(), MESSAGE);
    assertTrue(matches(new Criterion.Sender(path("<>")), dsn));
    assertFalse(matches(new Criterion.Sender(path("@example.com")), dsn));
  }

  @Test
  void one_recipient_of_several_is_enough() {
    assertTrue(matches(new Criterion.Recipient(path("CAROL@example.net")), MESSAGE));
    assertTrue(matches(new Criterion.Recipient(path("@example.test")), MESSAGE));
    assertFalse(matches(new Criterion.Recipient(path("dave@example.org")), MESSAGE));
    assertFalse(matches(new Criterion.Recipient(path("<>")), MESSAGE));
  }

  @Test
  void an_age_is_reached_at_its_very_end() {
    assertTrue(matches(new Criterion.OlderThan(Duration.ofHours(4)), MESSAGE));
    assertFalse(matches(new Criterion.OlderThan(Duration.ofHours(4).plusMillis(1)), MESSAGE));
    assertThrows(
        IllegalArgumentException.class, () -> new Criterion.OlderThan(Duration.ofHours(-1)));
  }

  @ParameterizedTest
  @CsvSource({
    "mailbox FULL, true",
    "452, true",
    "4.2.., false", // no expression without slashes
    "/^4\\d\\d 4\\.2\\./, true",
    "/^5/, false",
    "/, true" // a text of one character
  })
  void a_reply_is_a_text_or_an_expression_between_slashes(String pattern, boolean matches) {
    var deferred = deferred("452 4.2.2 Mailbox full, see https://example.net/");
    assertEquals(matches, matches(reply(pattern), deferred));
  }

  @Test
  void only_the_last_reply_counts_and_who_was_never_tried_heard_none() {
    var again =
        deferred("452 4.2.2 Mailbox full")
            .deferred(new Attempt(NOW, "worker-1", "mx1", "451 4.3.0 Busy"), NOW);
    assertTrue(matches(reply("busy"), again));
    assertFalse(matches(reply("full"), again));
    assertFalse(matches(reply("/.*/"), MESSAGE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mx1.example.net | true",
        "MX2.Example.NET | true",
        "*.example.net | true",
        "*.net | true",
        "mx1.example.net:25,mx2.example.net:2525 | true",
        "MX1.example.net:25,mx2.example.net:2525 | true",
        "mx1.example.net:25 | false", // the name of another site
        "example.net | false",
        "*.mx1.example.net | false",
        "mx3.example.net | false"
      })
  void a_site_is_one_of_its_hosts_what_is_above_one_or_its_whole_name(
      String pattern, boolean matches) {
    var tried = MESSAGE.to(new SiteName("mx1.example.net:25,mx2.example.net:2525"));
    assertEquals(matches, matches(site(pattern), tried));
    assertFalse(matches(site(pattern), MESSAGE), "nobody knows yet where it goes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ipv6:2001:db8::25] | [ipv6:2001:db8::25]:25",
        "example.org | example.org",
        "mx.example.org | mx.example.org:25 for domain example.net, *.example.com",
        "mx.example.org:25 for domain example.net | mx.example.org:25 for domain example.net",
      })
  void a_site_may_be_an_address_without_hosts_or_counted_apart(String pattern, String name) {
    assertTrue(matches(site(pattern), MESSAGE.to(new SiteName(name))));
  }

  @Test
  void a_site_apart_is_none_of_those_it_is_counted_for() {
    var apart = MESSAGE.to(new SiteName("mx.example.org:25 for domain example.net, example.com"));
    assertFalse(matches(site("example.com"), apart));
    assertFalse(matches(site("*.com"), apart));
  }

  @Test
  void all_criteria_must_hold() {
    var here = new Criterion.Id(MESSAGE.queueId());
    var there = new Criterion.To(new Domain("example.org"));
    assertTrue(QueueFilter.of(here).matches(MESSAGE, NOW));
    assertFalse(QueueFilter.of(here, there).matches(MESSAGE, NOW));
    assertFalse(matches(new Criterion.Id(Samples.queueId()), MESSAGE));
  }

  @Test
  void no_criterion_means_everything_and_can_be_told() {
    assertTrue(QueueFilter.EVERYTHING.matches(MESSAGE, NOW));
    assertTrue(QueueFilter.EVERYTHING.isEverything());
    assertFalse(QueueFilter.of(reply("x")).isEverything());
  }

  @Test
  void a_filter_reads_as_an_operator_would_say_it() {
    assertEquals("everything", QueueFilter.EVERYTHING.text());
    assertEquals(
        "domain example.net, sender <>, older than 1h30m, reply /full/",
        QueueFilter.of(
                new Criterion.To(new Domain("example.net")),
                new Criterion.Sender(path("<>")),
                new Criterion.OlderThan(Duration.ofMinutes(90)),
                reply("/full/"))
            .text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "carol", "@", "@-.-", "a@b@c", "<", "<carol@example.net>"})
  void what_is_no_path_is_refused(String text) {
    assertEquals(Optional.empty(), PathPattern.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.", "*.-", "two words", "(not tried yet)", "mx.*.net"})
  void what_is_no_site_is_refused(String text) {
    assertEquals(Optional.empty(), SitePattern.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/(/", "/[a-/"})
  void what_is_no_expression_is_refused(String text) {
    assertEquals(Optional.empty(), ReplyPattern.parse(text));
  }

  @Test
  void encode_and_decode_are_inverses() throws MalformedRecord {
    var filter =
        QueueFilter.of(
            new Criterion.To(new Domain("bücher.example")),
            new Criterion.Sender(path("<>")),
            new Criterion.Sender(path("\"a b\"@example.com")),
            new Criterion.Recipient(path("@example.net")),
            new Criterion.Id(MESSAGE.queueId()),
            new Criterion.OlderThan(Duration.ofMillis(1)),
            reply("/4\\.2/"),
            site("mx.example.net"),
            site("*.example.net"),
            site("mx.example.net:25 for domain *.example.com"));
    assertEquals(filter, QueueFilterCodec.decode(QueueFilterCodec.encode(filter)));
    var everything = QueueFilterCodec.encode(QueueFilter.EVERYTHING);
    assertEquals(QueueFilter.EVERYTHING, QueueFilterCodec.decode(everything));
  }

  @Test
  void a_criterion_of_a_later_release_is_not_left_out() {
    var unknown = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    var later =
        CriterionRecord.newBuilder()
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(1000, unknown).build());
    malformed(later);
    malformed(CriterionRecord.newBuilder().setDomain("no domain"));
    malformed(CriterionRecord.newBuilder().setSender("nobody"));
    malformed(CriterionRecord.newBuilder().setReply("/(/"));
    malformed(CriterionRecord.newBuilder().setOlderThan(-1));
    malformed(CriterionRecord.newBuilder().setSite("*"));
  }

  private static void malformed(CriterionRecord.Builder criterion) {
    var record = QueueFilterRecord.newBuilder().addCriteria(criterion).build();
    assertThrows(MalformedRecord.class, () -> QueueFilterCodec.decode(record));
  }

  private static boolean matches(Criterion criterion, Envelope envelope) {
    return QueueFilter.of(criterion).matches(envelope, NOW);
  }

  private static PathPattern path(String text) {
    return PathPattern.parse(text).orElseThrow();
  }

  private static Criterion site(String text) {
    return new Criterion.Site(SitePattern.parse(text).orElseThrow());
  }

  private static Criterion reply(String text) {
    return new Criterion.Reply(ReplyPattern.parse(text).orElseThrow());
  }

  private static Envelope deferred(String said) {
    return MESSAGE.deferred(new Attempt(NOW, "worker-1", "mx1.example.net", said), NOW);
  }
}
