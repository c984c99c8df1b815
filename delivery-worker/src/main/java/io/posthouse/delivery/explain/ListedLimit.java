package io.posthouse.delivery.explain;

import io.posthouse.config.Durations;
import io.posthouse.delivery.shaping.Limit;
import io.posthouse.delivery.shaping.Limits;
import io.posthouse.delivery.shaping.Rate;
import java.time.Duration;
import java.util.List;

/// A limit in words.
///
/// @param key as in `shaping`, where it has one there
record ListedLimit(String key, String value, String origin) {
  static List<ListedLimit> all(Limits limits) {
    return List.of(
        number("concurrency.least", limits.least()),
        number("concurrency.start", limits.start()),
        number("concurrency.most", limits.most()),
        number("concurrency.cluster", limits.cluster()),
        rate("connection_rate", limits.connectionRate()),
        rate("message_rate", limits.messageRate()),
        number("recipients", limits.recipients()),
        number("messages", limits.messages()),
        time("idle", limits.idle()),
        number("reuse.per_host", limits.idlePerHost()));
  }

  private static ListedLimit number(String key, Limit<Integer> limit) {
    var value = limit.value() == Limits.ANY_NUMBER ? "any number" : limit.value().toString();
    return new ListedLimit(key, value, limit.origin());
  }

  private static ListedLimit rate(String key, Limit<Rate> limit) {
    return new ListedLimit(key, limit.value().toString(), limit.origin());
  }

  private static ListedLimit time(String key, Limit<Duration> limit) {
    return new ListedLimit(key, Durations.print(limit.value()), limit.origin());
  }
}
