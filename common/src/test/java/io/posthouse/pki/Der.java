package io.posthouse.pki;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// As much of DER (X.690) as a certificate needs.
final class Der {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] value(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length >= 256) {
      out.write(0x82);
      out.write(content.length >> 8);
    } else if (content.length >= 128) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return value(0x30, concat(parts));
  }

  static byte[] set(byte[]... parts) {
    return value(0x31, concat(parts));
  }

  static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) out.writeBytes(part);
    return out.toByteArray();
  }

  static byte[] integer(byte[] value) {
    return value(0x02, value);
  }

  static byte[] bool(boolean value) {
    return value(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] text(String value) {
    return value(0x0c, value.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] octets(byte[] value) {
    return value(0x04, value);
  }

  static byte[] bits(byte[] value) {
    return value(0x03, concat(new byte[1], value));
  }

  static byte[] time(Instant at) {
    return value(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  /// An object identifier, `2.5.29.17`.
  static byte[] oid(String dotted) {
    var arcs = Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
    var out = new ByteArrayOutputStream();
    out.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7)
        if (arcs[i] >> shift > 0) out.write((arcs[i] >> shift & 0x7f) | 0x80);
      out.write(arcs[i] & 0x7f);
    }
    return value(0x06, out.toByteArray());
  }
}
