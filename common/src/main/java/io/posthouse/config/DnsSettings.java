package io.posthouse.config;

import io.posthouse.dns.Proofs;
import java.time.Duration;
import java.util.List;

/// Whom we ask for names.
///
/// @param servers asked in this order; empty: those of the system
/// @param timeout for one question, retries included
/// @param proofs what makes their answers authentic
public record DnsSettings(List<HostPort> servers, Duration timeout, Proofs proofs) {
  private static final Form<String> DS =
      Form.matching(
          "\\S+\\s+(?:\\d+\\s+)?(?:IN\\s+)?DS(?:\\s+\\d{1,5}){3}\\s+[0-9A-Fa-f]+",
          "a DS record, such as `example.net. IN DS 20326 8 2 E06D…`");

  public DnsSettings {
    servers = List.copyOf(servers);
  }

  /// Who checks the signatures of DNSSEC.
  enum Dnssec {
    /// The resolvers, where we know that they are ours: those that are named and on loopback. What
    /// the system names may be a mere forwarder, as in a container.
    AUTO,
    OFF,
    TRUST_AD,
    VALIDATE
  }

  public static DnsSettings read(Settings in) {
    var servers =
        in.about("resolvers, asked in this order; none: those of the system")
            .hostPorts("servers", 53, List.of());
    return new DnsSettings(
        servers,
        in.about("for one question, retries included")
            .duration(
                "timeout", Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(5)),
        proofs(in, areOurs(servers)));
  }

  private static Proofs proofs(Settings in, boolean ours) {
    var wanted =
        in.about(
                "who checks DNSSEC: nobody, the resolvers, ourselves; auto: resolvers named here"
                    + " and on loopback")
            .choice("dnssec", Dnssec.class, Dnssec.AUTO);
    var anchors =
        in.about("validate: DS records of zones that are trusted as the root is")
            .list("trust_anchors", DS, List.of());
    var safe =
        in.about("trust_ad: nobody can tamper with what resolvers beyond loopback tell us")
            .bool("trusted_path", false);
    if (wanted == Dnssec.TRUST_AD && !ours && !safe)
      in.problem(
          "dnssec",
          "trust_ad of resolvers that are not on loopback"
              + " (expected: dns.servers on loopback, or validate, or dns.trusted_path: true)");
    return switch (wanted) {
      case OFF -> new Proofs.None();
      case AUTO -> ours ? new Proofs.TrustedResolvers() : new Proofs.None();
      case TRUST_AD -> new Proofs.TrustedResolvers();
      case VALIDATE -> new Proofs.Validation(anchors);
    };
  }

  private static boolean areOurs(List<HostPort> servers) {
    return !servers.isEmpty() && servers.stream().allMatch(DnsSettings::isOnLoopback);
  }

  private static boolean isOnLoopback(HostPort server) {
    var host = server.host();
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
