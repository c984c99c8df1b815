package io.posthouse.dns;

import java.util.List;

/// What makes an answer authentic (DNSSEC, RFC 4033 §7).
public sealed interface Proofs {
  /// Nothing: no answer is.
  record None() implements Proofs {}

  /// The word of our resolvers (the AD bit, RFC 4035 §3.2.3): good only where nobody can tamper
  /// with what they tell us.
  record TrustedResolvers() implements Proofs {}

  /// Signatures that we check ourselves, from the root's key down. Our resolvers must pass them on;
  /// where they do not, no name is answered.
  ///
  /// @param anchors DS records in the format of zone files, of zones that are trusted as the root
  ///   is
  record Validation(List<String> anchors) implements Proofs {
    public Validation {
      anchors = List.copyOf(anchors);
    }
  }
}
