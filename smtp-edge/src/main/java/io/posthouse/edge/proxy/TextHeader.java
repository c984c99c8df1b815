package io.posthouse.edge.proxy;

import io.posthouse.edge.proxy.ProxyHeader.Brought;
import io.posthouse.edge.proxy.ProxyHeader.Malformed;
import io.posthouse.edge.proxy.ProxyHeader.Own;
import io.posthouse.edge.proxy.ProxyHeader.Partial;
import io.posthouse.message.Endpoint;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Version 1: one line, `PROXY TCP4 192.0.2.1 198.51.100.1 51000 25` and CRLF.
final class TextHeader {
  private static final int LONGEST = 107;
  private static final String BEGINNING = "PROXY ";
  // What follows UNKNOWN is to be ignored.
  private static final Pattern UNKNOWN = Pattern.compile("PROXY UNKNOWN( .*)?");
  private static final String PORT = " (0|[1-9][0-9]{0,4})";
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
  // Its grammar is left to the JDK, which would take longer groups and scopes, too.
  private static final String IPV6 = "(?=[^ ]*:)(?![^ ]*[0-9A-Fa-f]{5})[0-9A-Fa-f:.]{2,45}";
  private static final Pattern TCP4 = tcp("TCP4", IPV4);
  private static final Pattern TCP6 = tcp("TCP6", IPV6);

  private TextHeader() {}

  static ProxyHeader read(byte[] seen) {
    var text = new String(seen, StandardCharsets.ISO_8859_1);
    var known = Math.min(text.length(), BEGINNING.length());
    if (!text.startsWith(BEGINNING.substring(0, known))) return new Malformed("no PROXY header");
    var end = endOfLine(text);
    if (end < 0) return text.length() < LONGEST ? new Partial() : new Malformed("line too long");
    if (end == text.length() - 1 && text.charAt(end) == '\r')
      return text.length() < LONGEST ? new Partial() : new Malformed("line too long");
    if (!text.startsWith("\r\n", end)) return new Malformed("line not ended by CRLF");
    var length = end + 2;
    return length > LONGEST ? new Malformed("line too long") : line(text.substring(0, end), length);
  }

  /// The place of the first CR or LF, or -1.
  private static int endOfLine(String text) {
    for (int i = 0; i < text.length(); i++)
      if (text.charAt(i) == '\r' || text.charAt(i) == '\n') return i;
    return -1;
  }

  private static ProxyHeader line(String line, int length) {
    if (UNKNOWN.matcher(line).matches()) return new Own(length);
    var tcp = TCP4.matcher(line);
    if (!tcp.matches()) tcp = TCP6.matcher(line);
    if (!tcp.matches()) return new Malformed("not a known form of the line");
    try {
      var client = endpoint(tcp.group(1), tcp.group(3));
      var server = endpoint(tcp.group(2), tcp.group(4));
      return new Brought(length, client, server, Optional.empty(), Optional.empty());
    } catch (IllegalArgumentException e) {
      return new Malformed("not an address or port");
    }
  }

  private static Endpoint endpoint(String address, String port) {
    return new Endpoint(InetAddress.ofLiteral(address), Integer.parseInt(port));
  }

  private static Pattern tcp(String word, String address) {
    return Pattern.compile("PROXY " + word + " (" + address + ") (" + address + ")" + PORT + PORT);
  }
}
