package io.posthouse.telemetry;

/// Where a user's rules put a message.
public enum SortedTo {
  INBOX,
  JUNK,
  /// One that a filter names.
  FOLDER,
  /// The user does not want to have it.
  NOTHING
}
