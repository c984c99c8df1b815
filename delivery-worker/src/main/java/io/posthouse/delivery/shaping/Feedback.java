package io.posthouse.delivery.shaping;

/// What a delivery says about its site.
public enum Feedback {
  /// It talked to us, whatever it said about our mail.
  WORKS,
  /// Something is wrong with it, or it does not like us.
  FAILS,
  /// Nobody was asked, or the trouble was ours.
  NOTHING
}
