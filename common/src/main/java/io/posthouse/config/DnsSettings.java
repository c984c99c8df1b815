package io.posthouse.config;

import java.time.Duration;
import java.util.List;

/// Whom we ask for names.
///
/// @param servers asked in this order; empty: those of the system
/// @param timeout for one question, retries included
public record DnsSettings(List<HostPort> servers, Duration timeout) {

  public DnsSettings {
    servers = List.copyOf(servers);
  }

  public static DnsSettings read(Settings in) {
    return new DnsSettings(
        in.about("resolvers, asked in this order; none: those of the system")
            .hostPorts("servers", 53, List.of()),
        in.about("for one question, retries included")
            .duration(
                "timeout", Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(5)));
  }
}
