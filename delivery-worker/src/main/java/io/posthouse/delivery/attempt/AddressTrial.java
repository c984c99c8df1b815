package io.posthouse.delivery.attempt;

import io.posthouse.delivery.attempt.Tried.Protection;
import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.conversation.Conversation;
import io.posthouse.delivery.conversation.Opening;
import io.posthouse.delivery.conversation.Reach;
import io.posthouse.delivery.conversation.Report;
import io.posthouse.delivery.conversation.Stage;
import io.posthouse.delivery.conversation.Transaction;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.message.Envelope;
import io.posthouse.outcome.MxHost;
import io.posthouse.telemetry.Result;
import io.posthouse.telemetry.TlsState;
import io.posthouse.telemetry.TlsUse;
import java.time.Duration;
import java.util.Optional;

/// One transaction with one address; everything that was tried is noted.
record AddressTrial(Connections connections, AttemptNotes notes) {
  /// Over a connection that was idle; empty where there was none, or where the host had left it in
  /// the meantime.
  Optional<Heard> overIdle(MxHost mx, Approach approach, Transaction transaction, Visit visit) {
    var started = System.nanoTime();
    return connections
        .idle(mx, approach)
        .flatMap(conversation -> {
          visit.goesTo(mx);
          var report = transfer(conversation, transaction, visit);
          if (report.wasTooLate()) return Optional.empty();
          var tls = new Protection(approach.source(), conversation.tls(), true);
          var spoken = new Spoken(Hearing.of(mx, report), Optional.of(tls));
          return Optional.of(noted(mx, transaction, spoken, Duration.ZERO, started));
        });
  }

  /// Over a new connection.
  ///
  /// @param connect how long it took to be connected
  /// @param talks called as soon as the host does
  Heard over(
      Reach.Connected connected,
      Duration connect,
      Transaction transaction,
      Visit visit,
      Runnable talks) {
    var started = System.nanoTime() - connect.toNanos();
    var mx = connected.mx();
    visit.goesTo(mx);
    var opening = greet(connected);
    if (talks(opening)) talks.run();
    var source = connected.approach().source();
    return noted(
        mx, transaction, spoken(mx, opening, source, transaction, visit), connect, started);
  }

  /// Whether the host told us of itself, be it that it wants another login or other TLS.
  private static boolean talks(Opening opening) {
    return switch (opening) {
      case Opening.Open _, Opening.Insecure _, Opening.NotLoggedIn _ -> true;
      case Opening.Refused _, Opening.Unreachable _, Opening.Silent _, Opening.NoRoad _ -> false;
    };
  }

  /// Over a connection that was idle if there is one, else over a new one.
  Heard send(MxHost mx, Approach approach, Transaction transaction, Visit visit) {
    return overIdle(mx, approach, transaction, visit)
        .orElseGet(() -> overNew(mx, approach, transaction, visit));
  }

  /// What it means that there is no connection.
  Heard unreached(MxHost mx, Envelope envelope, Reach.Failed reach, Duration took) {
    var heard =
        switch (reach) {
          case Reach.Silent(var why) -> Hearing.silent(mx, Stage.CONNECT, why);
          case Reach.Unreachable(var why) -> Hearing.unreachable(mx, Stage.CONNECT, why);
          case Reach.NoRoad(var why) -> Hearing.noRoad(mx, why);
        };
    notes.tried(
        new Tried(envelope, mx, heard.result(), heard.what(), Optional.empty(), took, took));
    return heard;
  }

  /// Another address of the host was connected first.
  void overtaken(MxHost mx, Envelope envelope, String why, Duration after) {
    notes.tried(new Tried(envelope, mx, Result.OVERTAKEN, why, Optional.empty(), after, after));
  }

  private Opening greet(Reach.Connected connected) {
    try {
      return connections.greet(connected);
    } catch (RuntimeException | Error bug) {
      // A bug of ours must not leave the host waiting.
      connected.wire().close();
      throw bug;
    }
  }

  private Heard overNew(MxHost mx, Approach approach, Transaction transaction, Visit visit) {
    var started = System.nanoTime();
    visit.connected();
    visit.goesTo(mx);
    var opening = connections.open(mx, approach);
    var connect = since(started);
    var spoken = spoken(mx, opening, approach.source(), transaction, visit);
    return noted(mx, transaction, spoken, connect, started);
  }

  /// What was heard, and how well that was protected.
  private record Spoken(Heard heard, Optional<Protection> tls) {}

  private Spoken spoken(
      MxHost mx, Opening opening, PolicySource source, Transaction transaction, Visit visit) {
    var use =
        switch (opening) {
          case Opening.Open(var conversation) -> Optional.of(conversation.tls());
          case Opening.Insecure(var why) ->
              Optional.of(new TlsUse(TlsState.TOO_WEAK, Optional.empty(), Optional.of(why)));
          case Opening.Refused _,
              Opening.NotLoggedIn _,
              Opening.Unreachable _,
              Opening.Silent _,
              Opening.NoRoad _ ->
              Optional.<TlsUse>empty();
        };
    return new Spoken(
        heard(mx, opening, transaction, visit), use.map(u -> new Protection(source, u, false)));
  }

  private Heard heard(MxHost mx, Opening opening, Transaction transaction, Visit visit) {
    return switch (opening) {
      case Opening.Open(var conversation) ->
          Hearing.of(mx, transfer(conversation, transaction, visit));
      case Opening.Refused(_, var reply) ->
          Reacting.to(Hearing.refused(mx, reply), visit.refused(transaction.envelope(), mx, reply));
      case Opening.Insecure(var shortfall) -> Hearing.insecure(mx, shortfall);
      case Opening.NotLoggedIn(var why) -> Hearing.notLoggedIn(mx, why);
      case Opening.Unreachable(var stage, var why) -> Hearing.unreachable(mx, stage, why);
      case Opening.Silent(var stage, var why) -> Hearing.silent(mx, stage, why);
      case Opening.NoRoad(var why) -> Hearing.noRoad(mx, why);
    };
  }

  private Report transfer(Conversation conversation, Transaction transaction, Visit visit) {
    var released = false;
    try {
      var report = conversation.transfer(transaction);
      if (report.leavesConnectionOpen()) connections.release(conversation, visit.limits().reuse());
      released = true;
      return report;
    } finally {
      // A bug of ours must not leave the host waiting.
      if (!released) conversation.close();
    }
  }

  private Heard noted(
      MxHost mx, Transaction transaction, Spoken spoken, Duration connect, long started) {
    var heard = spoken.heard();
    notes.tried(
        new Tried(
            transaction.envelope(),
            mx,
            heard.result(),
            heard.what(),
            spoken.tls(),
            connect,
            since(started)));
    return heard;
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
