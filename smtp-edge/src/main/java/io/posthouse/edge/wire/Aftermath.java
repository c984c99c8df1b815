package io.posthouse.edge.wire;

import io.posthouse.edge.intake.Arrival;
import io.posthouse.edge.intake.Intake.Outcome;
import io.posthouse.edge.session.Link;
import io.posthouse.telemetry.Checked;
import io.posthouse.telemetry.MailEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is told and learned of a message when the reply to it is on its way: the client is the one
/// who waits.
record Aftermath(Backstage backstage) {
  /// @param checks what they had to say of it
  /// @param outcome null where there is none, because of a fault of ours
  void of(
      Arrival whole,
      Link link,
      List<Checked> checks,
      @Nullable Outcome outcome,
      @Nullable Throwable fault) {
    switch (outcome) {
      case Outcome.Taken(var accepted) -> {
        backstage.events().record(accepted.with(checks));
        backstage.recipients().accepted(accepted.envelope().destinations(), link);
        observeAuthor(whole, link);
      }
      // Whoever is in charge of the queue says so once, and the refusal is an event already.
      case Outcome.NotTaken _ -> {}
      case null -> {
        var cause = fault == null ? new IllegalStateException("no outcome") : fault;
        backstage
            .events()
            .record(new MailEvent.Bug(Optional.of(whole.queueId()), "handing over", cause));
      }
    }
  }

  private void observeAuthor(Arrival whole, Link link) {
    if (!backstage.senders().observes(link)) return;
    whole
        .author()
        .ifPresent(author ->
            backstage
                .asking()
                .execute(() -> backstage.senders().observe(author, whole.queueId(), link)));
  }
}
