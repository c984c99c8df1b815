package io.posthouse.delivery.attempt;

/// Hears of every address that was tried.
public interface AttemptNotes {
  void tried(Tried tried);
}
