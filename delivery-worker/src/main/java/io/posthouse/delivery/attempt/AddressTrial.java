package io.posthouse.delivery.attempt;

import io.posthouse.delivery.conversation.Approach;
import io.posthouse.delivery.conversation.Connections;
import io.posthouse.delivery.conversation.Conversation;
import io.posthouse.delivery.conversation.Opening;
import io.posthouse.delivery.conversation.Report;
import io.posthouse.delivery.conversation.Transaction;
import io.posthouse.delivery.shaping.Visit;
import io.posthouse.outcome.MxHost;
import java.time.Duration;
import java.util.Optional;

/// One transaction with one address, over a connection that was idle if there is one.
record AddressTrial(Connections connections, AttemptNotes notes) {
  Heard send(MxHost mx, Approach approach, Transaction transaction, Visit visit) {
    var started = System.nanoTime();
    var report = overIdleConnection(mx, approach, transaction, visit);
    if (report.isPresent())
      return noted(mx, transaction, Hearing.of(mx, report.get()), Duration.ZERO, started);
    visit.connected();
    var opening = connections.open(mx, approach);
    var connect = since(started);
    return noted(mx, transaction, heard(mx, opening, transaction, visit), connect, started);
  }

  /// Empty where there was none, or where the host had left it in the meantime.
  private Optional<Report> overIdleConnection(
      MxHost mx, Approach approach, Transaction transaction, Visit visit) {
    return connections
        .idle(mx, approach)
        .map(conversation -> transfer(conversation, transaction, visit))
        .filter(report -> !report.wasTooLate());
  }

  private Heard heard(MxHost mx, Opening opening, Transaction transaction, Visit visit) {
    return switch (opening) {
      case Opening.Open(var conversation) ->
          Hearing.of(mx, transfer(conversation, transaction, visit));
      case Opening.Refused(_, var reply) ->
          Reacting.to(Hearing.refused(mx, reply), visit.refused(transaction.envelope(), mx, reply));
      case Opening.Insecure(var shortfall) -> Hearing.insecure(mx, shortfall);
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
      MxHost mx, Transaction transaction, Heard heard, Duration connect, long started) {
    notes.tried(
        new Tried(
            transaction.envelope(), mx, heard.result(), heard.what(), connect, since(started)));
    return heard;
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
