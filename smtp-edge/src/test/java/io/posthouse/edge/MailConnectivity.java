package io.posthouse.edge;

import java.util.List;

/// How mail comes in.
final class MailConnectivity {
  private MailConnectivity() {}

  static List<Connectivity> all() {
    return List.of(
        new Connectivity(
            "C-33",
            "QUIT comes with EHLO, as from Thunderbird",
            Connectivity.ALL_DOORS,
            false,
            """
            C: EHLO client.example.org
            C: QUIT
            S: 250
            S: 221
            S: (closes)
            """),
        new Connectivity(
            "C-33",
            "a server brings mail, pipelined",
            Connectivity.FOR_SERVERS,
            true,
            """
            C: MAIL FROM:<alice@example.org>
            C: RCPT TO:<bob@example.net>
            C: RCPT TO:<nobody@example.net>
            C: DATA
            S: 250
            S: 250
            S: 550
            S: 354
            C: Subject: C-33
            C:
            C: ..text
            C: .
            C: QUIT
            S: 250 2.0.0 Ok: queued as
            S: 221
            S: (closes)
            """),
        new Connectivity(
            "C-37",
            "somebody looks whether we are there",
            Connectivity.ALL_DOORS,
            false,
            "C: QUIT\nS: 221\nS: (closes)"));
  }
}
