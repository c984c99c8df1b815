package io.posthouse.edge.session;

import io.posthouse.smtp.Reply;
import io.posthouse.smtp.SaslMechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What EHLO is answered (RFC 5321 §4.1.1.1): only what the whole chain keeps.
final class Capabilities {
  private Capabilities() {}

  static Reply of(SessionRules rules, Link link) {
    var lines = new ArrayList<String>();
    lines.add(rules.hostname());
    lines.addAll(
        List.of(
            "PIPELINING",
            "8BITMIME",
            "BINARYMIME",
            "CHUNKING",
            "SMTPUTF8",
            "DSN",
            "ENHANCEDSTATUSCODES"));
    lines.add("SIZE " + rules.longestMessage());
    lines.add("LIMITS RCPTMAX=" + rules.mostRecipients());
    if (link.secure()) lines.add("REQUIRETLS");
    if (rules.offersTls() && !link.secure()) lines.add("STARTTLS");
    if (rules.offersLogin(link)) lines.add(auth(rules, link));
    if (link.origin().trust() != Origin.Trust.NOTHING)
      lines.add(Introduction.capability(link.origin().trust()));
    if (link.origin().forwards()) lines.add(Forwarded.capability());
    return new Reply(250, Optional.empty(), lines);
  }

  private static String auth(SessionRules rules, Link link) {
    return rules.mechanisms(link).stream()
        .map(SaslMechanism::wireName)
        .collect(Collectors.joining(" ", "AUTH ", ""));
  }
}
