package io.posthouse.delivery.sts;

import io.posthouse.address.Domain;
import java.time.Duration;
import java.util.List;

/// What a domain says about its hosts (RFC 8461 §3.2).
///
/// @param hosts those that may take its mail
/// @param maxAge for which the policy holds after it was fetched
public record StsPolicy(Mode mode, List<MxPattern> hosts, Duration maxAge) {
  /// 31557600 seconds, about a year: nobody may ask for more.
  static final Duration LONGEST = Duration.ofHours(8_766);

  /// What is to be done about a host that does not keep to it (RFC 8461 §5).
  public enum Mode {
    /// It gets no mail.
    ENFORCE,
    /// It is noted.
    TESTING,
    /// Nothing: the domain takes its policy back.
    NONE
  }

  public StsPolicy {
    hosts = List.copyOf(hosts);
    if (mode != Mode.NONE && hosts.isEmpty())
      throw new IllegalArgumentException("mx: none (expected: at least one)");
    if (maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0)
      throw new IllegalArgumentException("max_age: " + maxAge + " (expected: 0s.." + LONGEST + ")");
  }

  /// The policy in a text.
  ///
  /// @throws IllegalArgumentException if there is none, with the reason
  public static StsPolicy parse(String text) {
    return new PolicyParser(text).policy();
  }

  /// Whether `host` is one of those that may take the mail.
  public boolean names(Domain host) {
    return hosts.stream().anyMatch(pattern -> pattern.matches(host));
  }
}
