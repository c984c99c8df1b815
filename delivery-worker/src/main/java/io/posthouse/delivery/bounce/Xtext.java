package io.posthouse.delivery.bounce;

import java.util.regex.Pattern;

/// The encoding of ENVID and ORCPT (RFC 3461 §4): `+3D` for `=`.
final class Xtext {
  private static final Pattern HEX = Pattern.compile("\\+([0-9A-F]{2})");

  private Xtext() {}

  static String decode(String xtext) {
    return HEX.matcher(xtext).replaceAll(hex -> escape((char) Integer.parseInt(hex.group(1), 16)));
  }

  /// A `$` or backslash would mean something to `replaceAll`.
  private static String escape(char decoded) {
    return decoded == '$' || decoded == '\\' ? "\\" + decoded : String.valueOf(decoded);
  }
}
