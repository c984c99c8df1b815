package io.posthouse.address;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A mail address, `local-part@domain` (RFC 5321 §4.1.2, RFC 6531 §3.3).
///
/// The local part is kept without quotes and in its own case; [#toString()] quotes it where the
/// grammar asks for it, so `"bob"@example.net` and `bob@example.net` are equal.
public record MailAddress(String localPart, Domain domain) {
  /// RFC 5321 asks us to take 64 octets; variable envelope return paths are longer in the field.
  static final int LONGEST_LOCAL_PART = 256;

  public MailAddress {
    var octets = localPart.getBytes(StandardCharsets.UTF_8).length;
    if (octets == 0 || octets > LONGEST_LOCAL_PART) {
      throw new IllegalArgumentException(
          "local part: " + octets + " octets (expected: 1.." + LONGEST_LOCAL_PART + ")");
    }
    if (localPart.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw new IllegalArgumentException(
          "local part: a control character (expected: printable characters)");
    }
  }

  /// The address in `text`, which is all of it and has no angle brackets; empty where it is none.
  public static Optional<MailAddress> parse(String text) {
    return AddressParser.parse(text);
  }

  /// The address in `text`, for texts that are known to hold one.
  ///
  /// @throws IllegalArgumentException if they do not
  public static MailAddress of(String text) {
    return parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "mail address: " + text + " (expected: local-part@domain)"));
  }

  /// Whether it can be written in ASCII, so that a host without SMTPUTF8 takes it.
  public boolean isAscii() {
    return localPart.chars().allMatch(c -> c < 128);
  }

  @Override
  public String toString() {
    return (AddressParser.isDotString(localPart) ? localPart : quoted()) + "@" + domain;
  }

  private String quoted() {
    return '"' + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
