package io.posthouse.edge.wire;

import java.util.List;
import java.util.stream.Stream;

/// What clients say when nothing is wrong; `Fuzz` changes it.
public final class Seeds {
  private static final String HELLO = "EHLO client.example.org\n";
  private static final String ENVELOPE =
      HELLO + "MAIL FROM:<alice@example.org>\nRCPT TO:<bob@example.net>\n";

  public static final List<String> DIALOGUES =
      lines(
          ENVELOPE
              + "RCPT TO:<nobody@example.net>\nRCPT TO:<carol@example.net>\nDATA\n"
              + "Subject: Hello\n\n..dots\n.\nQUIT\n",
          ENVELOPE + "DATA\n.\nMAIL FROM:<> SIZE=100 BODY=8BITMIME\nRSET\nNOOP\nQUIT\n",
          ENVELOPE + "BDAT 14\nSubject: Hi\n\nBDAT 4 LAST\nab\nQUIT\n",
          ENVELOPE + "BDAT 0 LAST\n" + ENVELOPE + "BDAT 2\nab" + "RSET\nNOOP\n",
          HELLO
              + "MAIL FROM:<alice@example.org> BODY=BINARYMIME\nRCPT TO:<bob@example.net>\n"
              + "BDAT 6 LAST\nab\0\u0001\n.QUIT\n",
          HELLO
              + "MAIL FROM:<a@example.org> RET=HDRS ENVID=QQ+3D1 SMTPUTF8\n"
              + "RCPT TO:<bob@example.net> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b+40x.y\nDATA\n"
              + "a\n.\n",
          """
          LHLO x
          MAIL FROM:<>
          RCPT TO:<bob@example.net>
          RCPT TO:<carol@example.net>
          DATA
          x
          .
          MAIL FROM:<>
          RCPT TO:<bob@example.net>
          BDAT 3 LAST
          a
          QUIT
          """,
          "HELO [192.0.2.1]\nVRFY bob\nEXPN list\nHELP\nNOOP x\nQUIT\n",
          HELLO + "AUTH PLAIN AGJvYgBzZWNyZXQ=\nAUTH LOGIN\nYm9i\nc2VjcmV0\nAUTH PLAIN\n*\n",
          HELLO + "AUTH SCRAM-SHA-256 biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8=\n*\nQUIT\n",
          HELLO + "STARTTLS\n\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003",
          "GET / HTTP/1.1\nHost: mail.example.net\n\n",
          "MAIL FROM:<@relay.example:\"a b\"@[192.0.2.1]>\nRCPT TO:<postmaster>\nDATA\n",
          "XCLIENT NAME=spike.example.org ADDR=192.0.2.9 PROTO=ESMTP\nXFORWARD HELO=x\n" + HELLO,
          "PROXY TCP4 192.0.2.7 192.0.2.25 51000 25\n" + HELLO);

  /// What follows DATA.
  public static final List<String> CONTENTS =
      lines(
          "Subject: Hello\n\n.. dots\ntext\n.\nMAIL FROM:<x@example.org>\n",
          ".\n",
          "..\n...\n.x\nx.\n\n.\n",
          "no end",
          "Received: from a\n by b\nReceived: from c\nMessage-ID:\n <1@example.net>\nDate: x\n\n.\n",
          "0123456789".repeat(120) + "\n" + "abcdefg\n".repeat(50) + ".\n");

  private Seeds() {}

  private static List<String> lines(String... texts) {
    return Stream.of(texts).map(text -> text.replace("\n", "\r\n")).toList();
  }
}
