package io.posthouse.edge.session;

import io.posthouse.smtp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    if (rules.offersLogin(link)) lines.add("AUTH PLAIN LOGIN");
    return new Reply(250, Optional.empty(), lines);
  }
}
