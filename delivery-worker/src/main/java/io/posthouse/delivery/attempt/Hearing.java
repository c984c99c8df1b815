package io.posthouse.delivery.attempt;

import io.posthouse.delivery.breaker.Health;
import io.posthouse.delivery.conversation.Ending;
import io.posthouse.delivery.conversation.Report;
import io.posthouse.delivery.conversation.Said;
import io.posthouse.delivery.conversation.Stage;
import io.posthouse.outcome.DeliveryOutcome.Deferred;
import io.posthouse.outcome.DeliveryOutcome.Failed;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.Result;
import io.posthouse.telemetry.TlsFailure;
import io.posthouse.telemetry.TlsUse.Shortfall;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What a conversation, or the want of one, means for the message and for the host. Pure.
final class Hearing {
  private static final EnhancedStatus NO_ANSWER = EnhancedStatus.of("4.4.1");
  private static final EnhancedStatus LOST = EnhancedStatus.of("4.4.2");
  private static final EnhancedStatus NO_ROAD = EnhancedStatus.of("4.4.0");
  private static final EnhancedStatus OUR_TROUBLE = EnhancedStatus.of("4.3.0");
  private static final EnhancedStatus TLS_NEEDED = EnhancedStatus.of("4.7.4");
  private static final EnhancedStatus TLS_NOT_GOOD_ENOUGH = EnhancedStatus.of("4.7.5");
  private static final EnhancedStatus NOT_LOGGED_IN = EnhancedStatus.of("4.7.0");
  private static final Health WORKS = new Health.Works();

  private Hearing() {}

  static Heard of(MxHost mx, Report report) {
    return switch (report.ending()) {
      case Ending.Ready() -> lasting(report.said(), Optional.empty(), lastWord(report));
      case Ending.Leaving() ->
          over(report, Optional.empty(), new Health.Fails(lastWord(report)), lastWord(report));
      case Ending.Unsuitable(var why) ->
          lasting(report.said(), judged(mx, why), mx.name() + ": " + why.what());
      case Ending.Lost lost -> lost(mx, report, lost);
      case Ending.ContentUnreadable(var why) -> unreadable(report, why);
      // It can be sent to nobody, so nobody else is tried.
      case Ending.Unsendable(var why) ->
          over(
              report,
              Optional.of(new Judged(new Failed(Scope.MESSAGE, why), true)),
              WORKS,
              Result.REFUSED,
              why.what());
    };
  }

  /// A greeting never bounces anybody: a 5xx here is about the host, or about us as it sees us.
  static Heard refused(MxHost mx, Reply reply) {
    var evidence = new Evidence.Replied(mx, reply);
    return unopened(
        new Deferred(Scope.HOST, evidence),
        new Health.Fails(evidence.text()),
        Result.REFUSED,
        reply.toString());
  }

  /// Never a reason to return a message at once, nor to think ill of the host: others may be
  /// content with it.
  static Heard insecure(MxHost mx, Shortfall shortfall) {
    var status =
        shortfall.type() == TlsFailure.STARTTLS_NOT_SUPPORTED ? TLS_NEEDED : TLS_NOT_GOOD_ENOUGH;
    return unopened(
        new Deferred(Scope.HOST, new Observed(status, mx + ": " + shortfall.why())),
        WORKS,
        Result.TLS_FAILED,
        shortfall.why());
  }

  /// Our login, not their mail: never a reason to return it, whatever the reply (RFC 4954 §6). Of
  /// the host it says nothing, for others may be let in.
  static Heard notLoggedIn(MxHost mx, String why) {
    return unopened(
        new Deferred(Scope.HOST, new Observed(NOT_LOGGED_IN, mx + ": " + why)),
        new Health.Unknown(),
        Result.LOGIN_FAILED,
        why);
  }

  static Heard unreachable(MxHost mx, Stage stage, String why) {
    return unreachable(mx, stage, why, new Health.Fails(why));
  }

  static Heard silent(MxHost mx, Stage stage, String why) {
    return unreachable(mx, stage, why, new Health.Silent(why));
  }

  private static Heard unreachable(MxHost mx, Stage stage, String why, Health health) {
    var status = stage == Stage.CONNECT ? NO_ANSWER : LOST;
    return unopened(
        new Deferred(Scope.HOST, new Observed(status, mx + ": " + why)),
        health,
        stage == Stage.CONNECT ? Result.UNREACHABLE : Result.LOST,
        why);
  }

  /// Our road, not their host.
  static Heard noRoad(MxHost mx, String why) {
    return unopened(
        new Deferred(Scope.HOST, new Observed(NO_ROAD, mx + ": " + why)),
        new Health.Unknown(),
        Result.UNREACHABLE,
        why);
  }

  private static Heard lost(MxHost mx, Report report, Ending.Lost lost) {
    // After the dot the host may have taken the message, and another host now would be the surest
    // way to a second copy: the last word for this attempt (RFC 1047).
    var evidence = new Observed(LOST, mx + ": " + lost.why());
    var rest = new Judged(new Deferred(Scope.HOST, evidence), lost.afterTheDot());
    return over(report, Optional.of(rest), new Health.Fails(lost.why()), Result.LOST, lost.why());
  }

  private static Heard unreadable(Report report, IOException why) {
    var evidence = new Observed(OUR_TROUBLE, "content cannot be read now");
    return new Heard(
        report.said(),
        why instanceof ContentGone
            ? Optional.empty()
            : Optional.of(new Judged(new Deferred(Scope.MESSAGE, evidence), true)),
        false,
        WORKS,
        Result.LOST,
        "we could not read the content: " + why.getMessage(),
        why instanceof ContentGone gone ? Optional.of(gone) : Optional.empty());
  }

  private static Heard unopened(Deferred rest, Health health, Result result, String what) {
    return new Heard(
        List.of(),
        Optional.of(new Judged(rest, false)),
        false,
        health,
        result,
        what,
        Optional.empty());
  }

  private static Heard lasting(List<Said> said, Optional<Judged> rest, String what) {
    return new Heard(said, rest, true, WORKS, result(said), what, Optional.empty());
  }

  private static Heard over(
      Report report, Optional<Judged> rest, Health health, Result result, String what) {
    return new Heard(report.said(), rest, false, health, result, what, Optional.empty());
  }

  private static Heard over(Report report, Optional<Judged> rest, Health health, String what) {
    return over(report, rest, health, result(report.said()), what);
  }

  private static Optional<Judged> judged(MxHost mx, Observed why) {
    var evidence = new Observed(why.status(), mx + ": " + why.what());
    // Another host of the domain may be able to take it.
    return Optional.of(new Judged(new Failed(Scope.MESSAGE, evidence), false));
  }

  private static Result result(List<Said> said) {
    return said.stream().anyMatch(s -> s.to() == Stage.END && s.reply().isPositive())
        ? Result.ACCEPTED
        : Result.REFUSED;
  }

  private static String lastWord(Report report) {
    return report.said().isEmpty() ? "" : report.said().getLast().reply().toString();
  }
}
