package io.posthouse.delivery.sts;

import io.posthouse.config.Settings;
import java.time.Duration;

/// Section `delivery.mta_sts`.
///
/// @param enabled whether policies are asked for at all
/// @param timeout for one fetch
/// @param port of policy hosts; 443 but in tests
public record StsSettings(boolean enabled, Duration timeout, int port) {
  public static StsSettings read(Settings in) {
    return new StsSettings(
        in.about("whether the policies of domains are asked for and kept (RFC 8461)")
            .bool("enabled", true),
        in.about("for a policy host; mail waits for it when a policy is new")
            .duration(
                "timeout", Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofMinutes(1)),
        in.about("of policy hosts: other than 443 in tests only").integer("port", 1, 65_535, 443));
  }
}
