package io.posthouse.storage.mailbox;

import java.util.List;

/// Puts messages into mailboxes, once.
///
/// A copy is known by [Delivery.Key]: stored again, after a crash at any point of the first time,
/// it changes nothing: one message, counted once against the quota, with the number it had.
/// Messages for one user get growing numbers in the order of the list. The caller never has two
/// batches with the same user in flight.
public interface MailboxStore {
  /// Stores a batch. Blocks, so call it on a virtual thread.
  Answer store(List<Delivery> batch);

  sealed interface Answer {
    /// One outcome for each delivery, in their order. What is stored is durable.
    record Answered(List<Outcome> outcomes) implements Answer {
      public Answered {
        outcomes = List.copyOf(outcomes);
      }
    }

    /// The store does not work now: some of the batch may be stored, and all of it should be tried
    /// again.
    record Unavailable(String why) implements Answer {}
  }

  sealed interface Outcome {
    record Stored(String mailbox, long uid) implements Outcome {}

    /// It was stored before; nothing was changed.
    record AlreadyStored(String mailbox, long uid) implements Outcome {}

    /// The user was deleted after we accepted the message.
    record NoSuchUser() implements Outcome {}

    /// This message cannot be stored, now or later; those beside it can.
    record Refused(String why) implements Outcome {}
  }
}
