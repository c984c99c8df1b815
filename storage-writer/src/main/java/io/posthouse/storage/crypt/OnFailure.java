package io.posthouse.storage.crypt;

/// What becomes of a message whose user wants it encrypted, where that cannot be done.
public enum OnFailure {
  /// It goes to the dead letters with the reason, to be tried again when the user has a key that
  /// works.
  DEAD_LETTER,
  /// It is stored readable, as WildDuck does, and an event says so.
  CLEAR
}
