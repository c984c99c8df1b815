package io.posthouse.dkim;

import java.time.Duration;
import java.util.Optional;

/// How we sign.
///
/// @param header canonicalisation of the header
/// @param body canonicalisation of the body
/// @param expiresAfter how long a signature is good for (`x=`); for ever if empty
public record SigningRules(
    Canonicalization header,
    Canonicalization body,
    SignedFields fields,
    Optional<Duration> expiresAfter) {
  /// What outlives most hosts, for ever.
  public static final SigningRules DEFAULT =
      new SigningRules(
          Canonicalization.RELAXED,
          Canonicalization.RELAXED,
          SignedFields.DEFAULT,
          Optional.empty());
}
