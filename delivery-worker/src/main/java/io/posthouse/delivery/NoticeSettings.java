package io.posthouse.delivery;

import io.posthouse.config.ByteSize;
import io.posthouse.config.Settings;
import java.time.Duration;

/// What senders are told, and how much of their mail they get back: `retry.warn_after` and section
/// `dsn:`.
///
/// @param warnAfter age at which the sender of what is still deferred is told so
/// @param mostReturned longest message that is returned as a whole, where the sender asked for it
public record NoticeSettings(Duration warnAfter, ByteSize mostReturned) {
  static NoticeSettings read(Settings delivery) {
    return new NoticeSettings(
        delivery
            .section("retry")
            .about("age at which the sender of what is still deferred is told so, once")
            .duration(
                "warn_after", Duration.ofSeconds(1), Duration.ofDays(30), Duration.ofHours(4)),
        delivery
            .section("dsn")
            .about("longest message that a DSN returns as a whole, where the sender asked for it")
            .size("most_returned", ByteSize.kib(1), ByteSize.mib(64), ByteSize.mib(1)));
  }
}
