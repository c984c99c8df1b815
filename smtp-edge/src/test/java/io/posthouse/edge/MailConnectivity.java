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
            "C: QUIT\nS: 221\nS: (closes)"),
        new Connectivity(
            "C-32",
            "a message comes in chunks, pipelined",
            Connectivity.FOR_SERVERS,
            false,
            """
            C: MAIL FROM:<alice@example.org> BODY=8BITMIME
            C: RCPT TO:<bob@example.net>
            C: BDAT 17
            C: Subject: C-32
            C:
            C: BDAT 11
            C: .
            C: ..text
            C: BDAT 0 LAST
            C: QUIT
            S: 250
            S: 250
            S: 250
            S: 250
            S: 250 2.0.0 Ok: queued as
            S: 221
            S: (closes)
            """),
        new Connectivity(
            "C-32",
            "chunks of a message for nobody are no commands",
            Connectivity.FOR_SERVERS,
            false,
            """
            C: MAIL FROM:<alice@example.org>
            C: RCPT TO:<nobody@example.net>
            C: BDAT 6
            C: QUIT
            C: BDAT 6 LAST
            C: QUIT
            C: NOOP
            S: 250
            S: 550
            S: 554
            S: 554
            S: 250
            """));
  }
}
