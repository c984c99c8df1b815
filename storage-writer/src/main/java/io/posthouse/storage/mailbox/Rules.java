package io.posthouse.storage.mailbox;

import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.MissingFeature;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What users want done with their mail. Blocks, so call it on a virtual thread.
public interface Rules {
  /// Nobody wants anything: all goes to the INBOX.
  Rules NONE = batch -> batch.stream().<Verdict>map(Verdict.Keep::new).toList();

  /// One verdict for each delivery, in their order. Decides and has no effect: the same delivery
  /// may be asked about again.
  ///
  /// @throws IOException if the rules cannot be looked up now
  List<Verdict> judge(List<Delivery> batch) throws IOException;

  sealed interface Verdict {
    /// To be stored as this says.
    ///
    /// @param events tell what was decided, once it is stored; none where nothing was
    /// @param sequel what is to be done once it is stored
    record Keep(Delivery delivery, List<MailEvent> events, Optional<Sequel> sequel)
        implements Verdict {
      public Keep {
        events = List.copyOf(events);
      }

      public Keep(Delivery delivery) {
        this(delivery, List.of(), Optional.empty());
      }
    }

    /// The user has something that we do not know: another system that does is to have it.
    record HandOver(Set<MissingFeature> missing) implements Verdict {
      public HandOver {
        missing = Set.copyOf(missing);
      }
    }

    /// The user does not want to have it.
    ///
    /// @param event tells of it, once the sequel is done
    record Drop(MailEvent event, Optional<Sequel> sequel) implements Verdict {}
  }

  /// Effects beside the mailbox, such as a forwarded message, which are durable before the message
  /// is settled.
  interface Sequel {
    /// Does what has not been done before. Blocks; safe to be done again after it broke off.
    ///
    /// @throws IOException if something we need does not answer: to be done again
    /// @throws Closed if this process ends
    void complete() throws IOException, Closed;
  }
}
