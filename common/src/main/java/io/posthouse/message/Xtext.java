package io.posthouse.message;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The encoding of ENVID and ORCPT (RFC 3461 §4): `+3D` for `=`.
public final class Xtext {
  private static final Pattern HEX = Pattern.compile("\\+([0-9A-F]{2})");

  private Xtext() {}

  public static String decode(String xtext) {
    return HEX.matcher(xtext)
        .replaceAll(hex ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
  }

  public static String encode(String text) {
    var xtext = new StringBuilder();
    for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 127 && octet != '+' && octet != '=') xtext.append((char) octet);
      else xtext.append("+%02X".formatted(octet & 0xff));
    }
    return xtext.toString();
  }
}
