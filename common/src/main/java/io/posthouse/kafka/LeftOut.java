package io.posthouse.kafka;

/// Why a message is not put into the queue again.
public enum LeftOut {
  /// The filter does not mean it.
  NOT_MEANT,
  /// A later way of a message of which the first decides.
  LATER_WAY,
  /// Of an address that no user has: nothing of it was stored.
  SENT_ON,
  /// All of its recipients have it.
  DELIVERED,
  /// It is in the queue still, or a dead letter that goes out.
  QUEUED,
  /// An operator has returned or dropped it.
  GIVEN_UP,
  /// Its content is not retained any longer.
  CONTENT_GONE,
  /// Its content cannot be read now.
  CONTENT_UNREACHABLE,
  /// It is no message.
  UNREADABLE
}
