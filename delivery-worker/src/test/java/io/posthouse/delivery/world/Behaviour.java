package io.posthouse.delivery.world;

import static io.posthouse.smtp.ScriptedMx.CONTENT;
import static io.posthouse.smtp.ScriptedMx.GREETING;
import static io.posthouse.smtp.ScriptedMx.MID_CONTENT;

import io.posthouse.smtp.ScriptedMx;
import java.time.Duration;

/// How a host treats whoever brings mail.
public enum Behaviour {
  GOOD,
  /// Nobody listens.
  REFUSED,
  /// Nobody answers.
  BLACKHOLE,
  RESET,
  SILENT,
  GREETING_4XX,
  GREETING_421,
  GREETING_5XX,
  GREETING_DROPPED,
  GREETING_GARBAGE,
  EHLO_REFUSED,
  EHLO_DROPPED,
  STARTTLS_REFUSED,
  STARTTLS_DROPPED,
  STARTTLS_IN_THE_CLEAR,
  MAIL_4XX,
  MAIL_5XX,
  RCPT_4XX,
  /// Refuses recipients whose names begin with `later` or `gone`, for now and for good.
  RCPT_MIXED,
  DATA_4XX,
  MID_CONTENT_DROPPED,
  CONTENT_4XX,
  /// Three seconds: tests have less patience with any other reply.
  SLOW_DOT,
  AFTER_DOT_DROPPED,
  AFTER_DOT_SILENT;

  /// The same host, which listens, now behaving like this.
  ScriptedMx teach(ScriptedMx friendly) {
    var mx = friendly.forget();
    return switch (this) {
      case GOOD -> mx;
      case REFUSED, BLACKHOLE -> throw new IllegalStateException(this + " does not listen");
      case RESET -> mx.resetAt(GREETING);
      case SILENT -> mx.silentAt(GREETING);
      case GREETING_4XX -> mx.on(GREETING, "450 4.3.2 not now");
      case GREETING_421 -> mx.lastWordsAt(GREETING, "421 4.3.2 too busy");
      case GREETING_5XX -> mx.on(GREETING, "554 5.7.1 we do not like you");
      case GREETING_DROPPED -> mx.hangUpAt(GREETING);
      case GREETING_GARBAGE -> mx.on(GREETING, "SSH-2.0-OpenSSH_9.9");
      case EHLO_REFUSED -> mx.on("EHLO", "554 5.7.1 who?").on("HELO", "554 5.7.1 who?");
      case EHLO_DROPPED -> mx.hangUpAt("EHLO");
      case STARTTLS_REFUSED -> offeringTls(mx).on("STARTTLS", "454 4.7.0 no TLS now");
      case STARTTLS_DROPPED -> offeringTls(mx).lastWordsAt("STARTTLS", "220 go ahead");
      case STARTTLS_IN_THE_CLEAR -> offeringTls(mx).on("STARTTLS", "220 go ahead", "500 what?");
      case MAIL_4XX -> mx.on("MAIL", "451 4.3.0 later");
      case MAIL_5XX -> mx.on("MAIL", "550 5.1.8 no such sender");
      case RCPT_4XX -> mx.on("RCPT", "450 4.2.0 greylisted");
      case RCPT_MIXED ->
          mx.on("RCPT TO:<later", "450 4.2.1 later").on("RCPT TO:<gone", "550 5.1.1");
      case DATA_4XX -> mx.on("DATA", "451 4.3.0 later");
      case MID_CONTENT_DROPPED -> mx.hangUpAt(MID_CONTENT);
      case CONTENT_4XX -> mx.on(CONTENT, "451 4.3.0 later");
      case SLOW_DOT -> mx.lateAt(CONTENT, Duration.ofSeconds(3), "250 2.0.0 taken");
      case AFTER_DOT_DROPPED -> mx.hangUpAt(CONTENT);
      case AFTER_DOT_SILENT -> mx.silentAt(CONTENT);
    };
  }

  private static ScriptedMx offeringTls(ScriptedMx mx) {
    return mx.on("EHLO", "250-mx.example.net", "250-PIPELINING", "250-STARTTLS", "250 8BITMIME");
  }
}
