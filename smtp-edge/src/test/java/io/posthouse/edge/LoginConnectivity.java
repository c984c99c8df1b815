package io.posthouse.edge;

import static io.posthouse.edge.Connectivity.users;

import io.posthouse.edge.session.ListenerKind;
import java.util.List;
import java.util.Set;

/// How users log in.
final class LoginConnectivity {
  private static final String GOES_ON =
      """
      C: MAIL FROM:<bob@example.net>
      S: 250 2.1.0
      C: RSET
      S: 250
      """;

  private LoginConnectivity() {}

  static List<Connectivity> all() {
    return List.of(
        users(
            "C-01",
            "PLAIN with its response",
            """
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 235 2.7.0
            """
                + GOES_ON),
        users(
            "C-02",
            "PLAIN that asks",
            """
            C: AUTH PLAIN
            S: 334
            C: AGJvYgBzZWNyZXQ=
            S: 235 2.7.0
            """
                + GOES_ON),
        users(
            "C-03",
            "PLAIN with an empty response",
            """
            C: AUTH PLAIN =
            S: 501 5.5.2
            C: NOOP
            S: 250
            """),
        users(
            "C-04",
            "LOGIN that asks",
            """
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: Ym9i
            S: 334 UGFzc3dvcmQ6
            C: c2VjcmV0
            S: 235 2.7.0
            """
                + GOES_ON),
        users(
            "C-05",
            "LOGIN with the name",
            """
            C: AUTH LOGIN Ym9i
            S: 334 UGFzc3dvcmQ6
            C: c2VjcmV0
            S: 235 2.7.0
            """
                + GOES_ON),
        users(
            "C-07",
            "a login is cancelled",
            """
            C: AUTH PLAIN
            S: 334
            C: *
            S: 501
            C: AUTH LOGIN
            S: 334
            C: Ym9i
            S: 334
            C: *
            S: 501
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 235 2.7.0
            """),
        users(
            "C-08",
            "a wrong password is never our trouble",
            """
            C: AUTH PLAIN AGJvYgB3cm9uZw==
            S: 535 5.7.8
            C: AUTH PLAIN AGJvYgB3cm9uZw==
            S: 535 5.7.8
            C: AUTH PLAIN AGJvYgB3cm9uZw==
            S: 535 5.7.8
            S: 421 4.7.0
            S: (closes)
            """),
        new Connectivity(
            "C-10",
            "nobody logs in where servers bring mail",
            Connectivity.FOR_SERVERS,
            false,
            """
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 502
            C: MAIL FROM:<alice@example.org>
            S: 250
            """),
        new Connectivity(
            "C-11",
            "nobody logs in where others listen",
            Set.of(ListenerKind.SUBMISSION),
            true,
            """
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 538
            C: MAIL FROM:<bob@example.net>
            S: 530
            """),
        users(
            "C-12",
            "a line of AUTH may be long",
            """
            C: AUTH PLAIN %s
            S: 535 5.7.8
            C: AUTH PLAIN %s
            S: 500
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 235
            """
                .formatted("AGJvYgBz" + "YWFh".repeat(1000), "A".repeat(12_289))),
        users(
            "C-14",
            "nobody logs in twice",
            """
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 235
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 503
            """
                + GOES_ON),
        users(
            "C-15",
            "nobody logs in during a transaction",
            """
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 235
            C: MAIL FROM:<bob@example.net>
            S: 250
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 503
            C: RCPT TO:<dave@example.org>
            S: 250
            """),
        users(
            "C-16",
            "what follows AUTH is answered after it",
            """
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            C: MAIL FROM:<bob@example.net>
            C: RCPT TO:<dave@example.org>
            C: DATA
            S: 235
            S: 250
            S: 250
            S: 354
            C: Subject: C-16
            C:
            C: ..text
            C: .
            C: QUIT
            S: 250 2.0.0 Ok: queued as
            S: 221
            S: (closes)
            """),
        users(
            "C-17",
            "AUTH comes with EHLO",
            """
            C: EHLO again.example.org
            C: AUTH PLAIN AGJvYgBzZWNyZXQ=
            S: 250
            S: 235
            """
                + GOES_ON));
  }
}
