package io.posthouse.delivery;

import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import io.posthouse.delivery.attempt.AttemptLimits;
import io.posthouse.delivery.attempt.Families;
import io.posthouse.delivery.breaker.BreakerSettings;
import io.posthouse.delivery.conversation.Patience;
import io.posthouse.delivery.conversation.Reuse;
import io.posthouse.delivery.shaping.Limit;
import io.posthouse.delivery.shaping.Limits;
import io.posthouse.delivery.shaping.Reactions;
import io.posthouse.delivery.shaping.Shaping;
import io.posthouse.delivery.sts.StsSettings;
import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// How mail leaves: section `delivery:`.
///
/// @param inFlight messages taken and not settled
/// @param concurrency deliveries at a time
/// @param shaping the limits of each site
/// @param reactions to what hosts say
/// @param workers by whose number limits of the cluster are divided; empty for those that live
/// @param longestAside how long a message is put aside at most when its site is busy
/// @param replayWindow for which records are kept that nobody needs any more
public record DeliverySettings(
    RoutingSettings routing,
    int inFlight,
    int concurrency,
    RetrySchedule retry,
    NoticeSettings notices,
    Duration replayWindow,
    AttemptLimits limits,
    Families families,
    Shaping shaping,
    Duration longestAside,
    OptionalInt workers,
    Reactions reactions,
    BreakerSettings breaker,
    StsSettings mtaSts,
    SecuritySettings security,
    Patience patience) {
  /// Of messages taken and not settled.
  static final long MOST_OCTETS = 64L << 20;

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration QUARTER_OF_AN_HOUR = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /// The storage writer knows for a week more what it has stored, and does not store it again.
  private static final Duration LONGEST_REPLAY = Duration.ofDays(28);

  private static final String AUTO = "auto";
  private static final Form<Integer> NUMBER = Form.integer(1, 10_000);

  /// Those that Kafka knows of, or as many as somebody says.
  private static final Form<OptionalInt> WORKERS =
      new Form<>(
          AUTO + " or " + NUMBER.expected(),
          text ->
              text.equals(AUTO) ? OptionalInt.empty() : OptionalInt.of(NUMBER.parse().apply(text)),
          workers -> workers.isEmpty() ? AUTO : NUMBER.print().apply(workers.getAsInt()),
          List.of());

  public static DeliverySettings read(Settings in) {
    return new DeliverySettings(
        RoutingSettings.read(in),
        in.about("messages taken and not settled").integer("in_flight", 1, 100_000, 2_000),
        in.about("deliveries at a time").integer("concurrency", 1, 50_000, 500),
        retry(in.section("retry")),
        NoticeSettings.read(in),
        in.about("how far back the log can be replayed; content is kept a message's life longer")
            .duration("replay_window", HOUR, LONGEST_REPLAY, DAY.multipliedBy(7)),
        AttemptLimits.read(in),
        Families.read(in.section("families")),
        Shaping.read(in.section("shaping"), standing(in)),
        in.about("how long a message is put aside at most when its site is busy")
            .duration("shaping.longest_aside", Duration.ofMinutes(1), DAY, QUARTER_OF_AN_HOUR),
        in.about("workers of the cluster, among whom rates and limits of the cluster are divided")
            .value("shaping.workers", WORKERS, OptionalInt.empty()),
        Reactions.read(in),
        BreakerSettings.read(in.section("breaker")),
        StsSettings.read(in.section("mta_sts")),
        SecuritySettings.read(in.section("tls")),
        patience(in.section("timeouts")));
  }

  private static RetrySchedule retry(Settings in) {
    var delays =
        in.about("after each failed attempt in turn, then the last for ever; a topic each")
            .durations("delays", SECOND, DAY, DEFAULT_DELAYS);
    if (delays.isEmpty()) in.problem("delays", "none (expected: at least one delay)");
    return new RetrySchedule(
        delays,
        in.about("age at which what is still deferred is returned")
            .duration("expiry", SECOND, Duration.ofDays(30), Duration.ofDays(5)));
  }

  /// The limits of sites in words older than `shaping`.
  private static Limits standing(Settings in) {
    var idle = Form.duration(Duration.ofMillis(100), Duration.ofMinutes(5));
    var usual = Reuse.DEFAULT;
    return Limits.standing(
        limit(
            in, "per_destination", "deliveries to one site at a time", Form.integer(1, 10_000), 20),
        limit(
            in,
            "recipients_per_transaction",
            "recipients of one transaction",
            Form.integer(1, 1_000),
            100),
        limit(
            in,
            "reuse.messages",
            "messages over one connection; 1 for no reuse",
            Form.integer(1, 10_000),
            usual.messages()),
        limit(
            in,
            "reuse.idle",
            "how long a connection waits for the next message",
            idle,
            usual.idle()),
        limit(
            in,
            "reuse.per_host",
            "idle connections to one address",
            Form.integer(1, 1_000),
            usual.perHost()));
  }

  private static <T> Limit<T> limit(
      Settings in, String key, String words, Form<T> form, T byDefault) {
    return Limit.of(in.about(words).value(key, form, byDefault), key, in.origin(key));
  }

  private static Patience patience(Settings in) {
    var rfc = Patience.RFC5321;
    return new Patience(
        wait(in, "connect", "for a connection", rfc.connect()),
        wait(in, "greeting", "for the greeting", rfc.greeting()),
        wait(in, "ehlo", "for the reply to EHLO", rfc.ehlo()),
        wait(in, "tls", "for the reply to STARTTLS, and for the handshake", rfc.tls()),
        wait(in, "mail", "for the reply to MAIL", rfc.mail()),
        wait(in, "rcpt", "for the reply to RCPT", rfc.rcpt()),
        wait(in, "data", "for the reply to DATA", rfc.data()),
        wait(in, "block", "for a block of content to leave us", rfc.block()),
        wait(in, "end", "for the reply to the content; short means duplicates", rfc.end()),
        wait(in, "quit", "for the reply to QUIT", rfc.quit()));
  }

  private static Duration wait(Settings in, String key, String words, Duration byDefault) {
    return in.about(words).duration(key, Duration.ofMillis(100), HOUR, byDefault);
  }

  private static final List<Duration> DEFAULT_DELAYS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4));
}
