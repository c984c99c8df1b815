package io.posthouse.address;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A domain as mail uses it: a host name in lower-case A-labels (RFC 5890), or an address literal
/// in brackets (RFC 5321 §4.1.3). Two spellings of one domain are equal.
public record Domain(String name) {
  private static final int LONGEST = 255;
  // Underscores are not in the RFC's grammar, but hosts with them exist and send mail.
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
  private static final Pattern LITERAL = Pattern.compile("\\[[!-Z^-~]{1,100}\\]");
  private static final Pattern LITERAL_IPV4 = Pattern.compile("\\[(\\d{1,3}(?:\\.\\d{1,3}){3})]");
  private static final Pattern LITERAL_IPV6 = Pattern.compile("\\[ipv6:([0-9a-f:.]+)]");

  public Domain {
    name = canonical(name);
    if (name.length() > LONGEST
        || !(HOST_NAME.matcher(name).matches() || LITERAL.matcher(name).matches())) {
      throw new IllegalArgumentException(
          "domain: " + name + " (expected: a host name or an address literal)");
    }
  }

  /// The domain in `text`, or empty where the text is none.
  public static Optional<Domain> parse(String text) {
    try {
      return Optional.of(new Domain(text));
    } catch (IllegalArgumentException notADomain) {
      return Optional.empty();
    }
  }

  /// Whether this is an address in brackets, such as `[192.0.2.1]` or `[IPv6:2001:db8::1]`.
  public boolean isLiteral() {
    return name.startsWith("[");
  }

  /// The address in the brackets of a literal; empty for a host name, and for brackets around
  /// anything else: no other kind of literal has been standardised.
  public Optional<InetAddress> literalAddress() {
    var ipv4 = LITERAL_IPV4.matcher(name);
    var ipv6 = LITERAL_IPV6.matcher(name);
    try {
      if (ipv4.matches()) return Optional.of(Inet4Address.ofLiteral(ipv4.group(1)));
      if (ipv6.matches()) return Optional.of(Inet6Address.ofLiteral(ipv6.group(1)));
      return Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static String canonical(String name) {
    if (name.startsWith("[")) return name.toLowerCase(Locale.ROOT);
    var bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    // Nobody makes us work on what is no domain however it is written.
    if (bare.length() > LONGEST || bare.chars().allMatch(c -> c < 128))
      return bare.toLowerCase(Locale.ROOT);
    return ALabels.of(bare);
  }
}
