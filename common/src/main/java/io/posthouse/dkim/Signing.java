package io.posthouse.dkim;

import io.posthouse.message.Octets;

/// What became of a message that was to be signed.
public sealed interface Signing {
  /// These header lines go before all others, one field for each key.
  record Signed(Octets lines) implements Signing {}

  /// It goes as it is.
  record Unsigned(Reason reason) implements Signing {}

  /// It should be signed and cannot be now: our trouble.
  ///
  /// @param why for our log
  record NotNow(String why) implements Signing {}

  /// Why a message goes without a signature.
  enum Reason {
    /// No address in `From`, or several `From` fields.
    NO_AUTHOR,
    /// Authors of several domains.
    SEVERAL_AUTHORS,
    /// Whoever sent it may not sign as its author.
    FOREIGN_AUTHOR,
    /// Nobody signs for the author's domain.
    NO_KEY,
    /// The key is there and cannot be used.
    UNUSABLE_KEY,
    /// Hosts would not agree on where its fields begin and end, or there are too many.
    MALFORMED_HEADER
  }
}
