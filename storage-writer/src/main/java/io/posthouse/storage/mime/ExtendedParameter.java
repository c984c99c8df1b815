package io.posthouse.storage.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Parameters in pieces and with a charset (RFC 2231): `name*0*=utf-8''a%20b; name*1=c`.
final class ExtendedParameter {
  private static final String MARK = "*";

  private ExtendedParameter() {}

  /// Adds one piece. A marked name, `name*`, says that what it holds is still encoded.
  static void put(Map<String, StringBuilder> parameters, String name, String value) {
    var star = name.indexOf('*');
    if (star < 1) {
      parameters.putIfAbsent(name, new StringBuilder(value));
      return;
    }
    var plain = name.substring(0, star);
    // Pieces come in their order from every program that writes them.
    parameters.computeIfAbsent(plain + MARK, _ -> new StringBuilder()).append(value);
  }

  static Map<String, String> decoded(Map<String, StringBuilder> parameters) {
    var decoded = new LinkedHashMap<String, String>();
    parameters.forEach((name, written) -> {
      var value = written.toString();
      // The encoded form wins over the plain one (RFC 5987 §4.2, and what mail programs do).
      if (name.endsWith(MARK)) decoded.put(name.substring(0, name.length() - 1), decode(value));
      else decoded.putIfAbsent(name, value);
    });
    return decoded;
  }

  private static String decode(String value) {
    var parts = value.split("'", 3);
    if (parts.length < 3) return value;
    return new String(octets(parts[2]), charset(parts[0]));
  }

  private static byte[] octets(String text) {
    var octets = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      var hex = text.charAt(i) == '%' ? Hex.octet(text, i + 1) : -1;
      if (hex >= 0) i += 2;
      octets.writeBytes(
          hex >= 0
              ? new byte[] {(byte) hex}
              : text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
    }
    return octets.toByteArray();
  }

  private static Charset charset(String name) {
    return Charsets.named(name).orElse(StandardCharsets.UTF_8);
  }
}
