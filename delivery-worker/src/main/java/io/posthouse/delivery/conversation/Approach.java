package io.posthouse.delivery.conversation;

import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.security.PolicySource;
import io.posthouse.delivery.security.Security;

/// How an address is talked to. A connection that was opened in one way is not used in another.
///
/// @param security what the host must give us first
/// @param source who says so
/// @param manner what is spoken, as whom, and from where
public record Approach(Security security, PolicySource source, Manner manner) {
  /// What nobody in particular asks for.
  public Approach(Security security, Manner manner) {
    this(security, PolicySource.DEFAULT, manner);
  }

  /// As usual, but for this.
  public Approach(Security security) {
    this(security, Manner.USUAL);
  }

  /// The same without TLS.
  Approach inTheClear() {
    return new Approach(new Security.Clear(), source, manner);
  }
}
