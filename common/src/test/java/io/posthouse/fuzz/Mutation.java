package io.posthouse.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;

/// One known input, changed in a few places.
record Mutation(SplittableRandom random, List<String> seeds) {
  private static final int MOST_CHANGES = 6;
  private static final int LONGEST_RUN = 3000;
  private static final List<String> TOKENS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          ".",
          "\r\n.\r\n",
          "\n.\n",
          "\r\n.\n",
          "\0",
          " ",
          "\t",
          "<",
          ">",
          "@",
          "\"",
          "\\",
          "[",
          "]",
          ":",
          "=",
          "+",
          "*",
          "-1",
          "0",
          "99999999999999999999",
          "9223372036854775807",
          "4294967296",
          "\u007f",
          "\u00ff",
          "\u00c3(",
          utf8("ü"),
          utf8("😀"),
          utf8("\u2028"),
          utf8("\u0130"),
          " SIZE=",
          " BODY=BINARYMIME",
          " SMTPUTF8",
          " NOTIFY=NEVER",
          " ORCPT=rfc822;",
          " RET=HDRS",
          " ENVID=+",
          " REQUIRETLS",
          "BDAT 3\r\n",
          "BDAT 0 LAST\r\n",
          "RSET\r\n",
          "QUIT\r\n",
          "DATA\r\n",
          "AUTH PLAIN\r\n",
          "AUTH LOGIN =\r\n",
          "\r\n\r\n",
          "EHLO x\r\n",
          "STARTTLS\r\n");

  byte[] input() {
    var text = new StringBuilder(any(seeds));
    for (int changes = random.nextInt(MOST_CHANGES + 1); changes > 0; changes--) change(text);
    return text.toString().getBytes(ISO_8859_1);
  }

  private void change(StringBuilder text) {
    var at = random.nextInt(text.length() + 1);
    var end = Math.min(text.length(), at + random.nextInt(1, 40));
    switch (random.nextInt(9)) {
      case 0 -> text.insert(at, any(TOKENS));
      case 1 -> text.replace(at, end, any(TOKENS));
      case 2 -> text.delete(at, end);
      case 3 -> text.insert(at, text.substring(at, end));
      case 4 -> text.insert(at, (char) random.nextInt(256));
      case 5 -> flip(text, at);
      case 6 -> text.setLength(at);
      case 7 -> text.insert(at, part(any(seeds)));
      case 8 -> text.insert(at, any(TOKENS).repeat(random.nextInt(1, LONGEST_RUN / 4)));
      default -> throw new IllegalStateException();
    }
  }

  private void flip(StringBuilder text, int at) {
    if (at < text.length())
      text.setCharAt(at, (char) ((text.charAt(at) ^ (1 << random.nextInt(8))) & 0xff));
  }

  private String part(String text) {
    var from = random.nextInt(text.length() + 1);
    return text.substring(from, Math.min(text.length(), from + random.nextInt(200)));
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
