package io.posthouse.delivery.shaping;

import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import java.time.Duration;
import java.util.Optional;

/// Limits that somebody wrote, each of which outdoes what is less specific.
record Overrides(
    Optional<Limit<Integer>> least,
    Optional<Limit<Integer>> start,
    Optional<Limit<Integer>> most,
    Optional<Limit<Integer>> cluster,
    Optional<Limit<Rate>> connectionRate,
    Optional<Limit<Rate>> messageRate,
    Optional<Limit<Integer>> recipients,
    Optional<Limit<Integer>> messages,
    Optional<Limit<Duration>> idle) {
  private static final Form<Rate> RATE = Form.of("such as 100/1m, or unlimited", Rate::parse);
  private static final Form<Integer> CONCURRENCY = Form.integer(1, 10_000);

  /// @param rule whose these are, as in the origin of a limit
  static Overrides read(Settings in, String rule) {
    return new Overrides(
        limit(in, rule, "concurrency.least", "deliveries at a time, however badly", CONCURRENCY),
        limit(in, rule, "concurrency.start", "deliveries at a time, at first", CONCURRENCY),
        limit(in, rule, "concurrency.most", "deliveries at a time, however well", CONCURRENCY),
        limit(
            in,
            rule,
            "concurrency.cluster",
            "deliveries at a time of all workers together",
            Form.integer(1, Limits.ANY_NUMBER)),
        limit(in, rule, "connection_rate", "new connections of all workers together", RATE),
        limit(in, rule, "message_rate", "attempts of all workers together", RATE),
        limit(in, rule, "recipients", "of one transaction", Form.integer(1, 1_000)),
        limit(in, rule, "messages", "over one connection; 1 for no reuse", Form.integer(1, 10_000)),
        limit(
            in,
            rule,
            "idle",
            "how long a connection waits for the next message",
            Form.duration(Duration.ofMillis(100), Duration.ofMinutes(5))));
  }

  Limits over(Limits base) {
    return new Limits(
        least.orElse(base.least()),
        start.orElse(base.start()),
        most.orElse(base.most()),
        cluster.orElse(base.cluster()),
        connectionRate.orElse(base.connectionRate()),
        messageRate.orElse(base.messageRate()),
        recipients.orElse(base.recipients()),
        messages.orElse(base.messages()),
        idle.orElse(base.idle()),
        base.idlePerHost());
  }

  private static <T> Optional<Limit<T>> limit(
      Settings in, String rule, String key, String words, Form<T> form) {
    return in.about(words)
        .optional(key, form)
        .map(value -> new Limit<>(value, rule + ", " + in.origin(key)));
  }
}
