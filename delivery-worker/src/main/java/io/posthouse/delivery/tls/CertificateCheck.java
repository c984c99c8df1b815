package io.posthouse.delivery.tls;

import io.posthouse.delivery.security.Security;
import io.posthouse.telemetry.TlsState;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a certificate is what a policy asks for. Pure but for the clock.
final class CertificateCheck {
  private final Authorities authorities;
  private final InstantSource clock;

  CertificateCheck(Authorities authorities, InstantSource clock) {
    this.authorities = authorities;
    this.clock = clock;
  }

  /// @param chain as the host sent it, its own certificate first
  Checked of(Security security, List<X509Certificate> chain) {
    return switch (security) {
      case Security.Clear(), Security.Opportunistic(), Security.Encrypted() ->
          new Checked.Good(TlsState.ENCRYPTED);
      case Security.Testing(var names) -> verified(names, chain);
      case Security.Verified(var names) -> verified(names, chain);
      case Security.Dane dane -> new DaneCheck(dane, clock.instant()).of(chain);
    };
  }

  private Checked verified(Set<String> names, List<X509Certificate> chain) {
    var path = new CertificatePath(chain, clock.instant());
    Optional<Checked> trouble = path.trouble(authorities.anchors()).map(bad -> (Checked) bad);
    return trouble
        .or(() -> CertificateNames.of(chain.getFirst()).mismatch(names))
        .orElse(new Checked.Good(TlsState.VERIFIED));
  }
}
