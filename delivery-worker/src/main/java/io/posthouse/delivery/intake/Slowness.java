package io.posthouse.delivery.intake;

/// Whether it is worth waiting for a destination. Safe from any thread.
final class Slowness {
  private final int slots;
  private volatile boolean slow;

  Slowness(int slots) {
    this.slots = slots;
  }

  /// Everybody may wait until somebody has waited in vain; then a few do all the same, to find out
  /// when it is slow no longer.
  boolean allowsToWait(int ahead) {
    return !slow || ahead < slots;
  }

  void waitedInVain() {
    slow = true;
  }

  /// Somebody who had waited got a slot.
  void entered(int stillWaiting) {
    if (stillWaiting == 0) slow = false;
  }
}
