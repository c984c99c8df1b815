package io.posthouse.edge.session;

import io.posthouse.smtp.SaslMechanism;
import java.util.List;

/// How users may log in.
///
/// @param mechanisms what is announced, in this order
/// @param mostWrong logins of one session before we hang up
public record LoginRules(List<SaslMechanism> mechanisms, int mostWrong) {
  public LoginRules {
    mechanisms = List.copyOf(mechanisms);
    if (mostWrong < 1)
      throw new IllegalArgumentException("wrong logins: " + mostWrong + " (expected: 1 or more)");
  }
}
