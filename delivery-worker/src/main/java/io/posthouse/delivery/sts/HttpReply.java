package io.posthouse.delivery.sts;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The reply to a GET over HTTP/1.1 (RFC 9112), read with limits. Octets of the body that are no
/// UTF-8 are replaced.
record HttpReply(int status, Map<String, String> headers, String body) {
  private static final int LONGEST_BODY = 64 << 10;
  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_HEADERS = 100;

  HttpReply {
    headers = Map.copyOf(headers);
  }

  /// Reads up to the end of the reply, or of the stream where nothing says how long it is.
  ///
  /// @throws IOException also where it is no such reply, or a longer one than we take
  static HttpReply read(InputStream in) throws IOException {
    var status = status(line(in));
    var headers = headers(in);
    return new HttpReply(status, headers, body(in, headers));
  }

  /// The media type, without parameters.
  String type() {
    var type = headers.getOrDefault("content-type", "none");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) throw new IOException("no HTTP: " + line);
    return Integer.parseInt(line.substring(9, 12));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    var headers = new HashMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      if (headers.size() == MOST_HEADERS) throw new IOException("too many header lines");
      var colon = line.indexOf(':');
      if (colon < 1) throw new IOException("no header: " + line);
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    var body = new ByteArrayOutputStream();
    var coding = headers.getOrDefault("transfer-encoding", "");
    var length = headers.get("content-length");
    if (coding.equalsIgnoreCase("chunked")) chunks(in, body);
    else if (!coding.isEmpty()) throw new IOException("transfer-encoding: " + coding);
    else if (length != null) take(in, number(length, 10), body);
    else body.writeBytes(atMost(in.readNBytes(LONGEST_BODY + 1)));
    return body.toString(StandardCharsets.UTF_8);
  }

  private static void chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
    while (true) {
      var size = number(line(in).split(";", 2)[0].strip(), 16);
      if (size == 0) return;
      take(in, size, body);
      if (!line(in).isEmpty()) throw new IOException("a chunk without an end");
    }
  }

  private static void take(InputStream in, int length, ByteArrayOutputStream body)
      throws IOException {
    if (body.size() + length > LONGEST_BODY) throw tooLong();
    var octets = in.readNBytes(length);
    if (octets.length < length) throw new EOFException("the reply is cut short");
    body.writeBytes(octets);
  }

  private static byte[] atMost(byte[] octets) throws IOException {
    if (octets.length > LONGEST_BODY) throw tooLong();
    return octets;
  }

  private static IOException tooLong() {
    return new IOException("longer than " + LONGEST_BODY + " octets");
  }

  private static int number(String text, int radix) throws IOException {
    try {
      var number = Integer.parseInt(text, radix);
      // More than we take, and small enough to be added up.
      return number < 0 ? LONGEST_BODY + 1 : Math.min(number, LONGEST_BODY + 1);
    } catch (NumberFormatException e) {
      throw new IOException("no length: " + text, e);
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) throw new EOFException("the reply is cut short");
      if (line.size() == LONGEST_LINE) throw new IOException("a line that is too long");
      line.write(octet);
    }
    var text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
