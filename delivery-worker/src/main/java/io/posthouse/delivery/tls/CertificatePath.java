package io.posthouse.delivery.tls;

import io.posthouse.telemetry.TlsFailure;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The way from a host's certificate up to somebody we trust (RFC 5280 §6), at one instant.
/// Revocation is not looked up: mail would wait for the lists of others.
///
/// @param chain as the host sent it, its own certificate first; the rest in any order
record CertificatePath(List<X509Certificate> chain, Instant now) {
  private static final Set<String> FOR_SERVERS = Set.of("1.3.6.1.5.5.7.3.1", "2.5.29.37.0");

  /// Empty where one of `anchors` vouches for the host's certificate.
  Optional<Checked.Bad> trouble(Set<TrustAnchor> anchors) {
    try {
      if (!isForServers()) return bad("is not for servers");
      CertPathBuilder.getInstance("PKIX").build(parameters(anchors));
      return Optional.empty();
    } catch (GeneralSecurityException noWay) {
      return outdated().or(() -> bad("is not trusted: " + noWay.getMessage()));
    }
  }

  private PKIXBuilderParameters parameters(Set<TrustAnchor> anchors)
      throws GeneralSecurityException {
    if (anchors.isEmpty()) throw new InvalidAlgorithmParameterException("nobody is trusted");
    var host = new X509CertSelector();
    host.setCertificate(chain.getFirst());
    var parameters = new PKIXBuilderParameters(anchors, host);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    return parameters;
  }

  /// Dates are the reason of a failure that an operator can do most about.
  private Optional<Checked.Bad> outdated() {
    return chain.stream()
        .filter(c -> now.isBefore(c.getNotBefore().toInstant()) || now.isAfter(end(c)))
        .findFirst()
        .map(c ->
            new Checked.Bad(
                TlsFailure.CERTIFICATE_EXPIRED,
                "certificate of %s is valid from %s to %s"
                    .formatted(
                        c.getSubjectX500Principal().getName(),
                        c.getNotBefore().toInstant(),
                        end(c))));
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private boolean isForServers() throws CertificateParsingException {
    var uses = chain.getFirst().getExtendedKeyUsage();
    return uses == null || uses.stream().anyMatch(FOR_SERVERS::contains);
  }

  private static Optional<Checked.Bad> bad(String what) {
    return Optional.of(new Checked.Bad(TlsFailure.CERTIFICATE_NOT_TRUSTED, "certificate " + what));
  }
}
