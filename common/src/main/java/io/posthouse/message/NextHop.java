package io.posthouse.message;

import io.posthouse.address.Domain;
import java.util.Optional;
import java.util.regex.Pattern;

/// The host an operator sends a message to, by its name or its address in brackets.
public record NextHop(Domain host, int port) {
  /// RFC 5321 §4.5.4.2.
  public static final int SMTP = 25;

  private static final Pattern FORM = Pattern.compile("(\\[[^\\]]+]|[^:]+)(?::(\\d{1,5}))?");

  public NextHop {
    if (port < 1 || port > 65_535)
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
  }

  /// `mx.example.net`, `mx.example.net:2525`, `[192.0.2.1]:25`; empty if it is none of these.
  public static Optional<NextHop> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) return Optional.empty();
    var port = form.group(2) == null ? SMTP : Integer.parseInt(form.group(2));
    if (port < 1 || port > 65_535) return Optional.empty();
    return Domain.parse(form.group(1))
        .filter(host -> !host.isLiteral() || host.literalAddress().isPresent())
        .map(host -> new NextHop(host, port));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
