package io.posthouse.delivery.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Who may say whose a certificate is.
public record Authorities(Set<TrustAnchor> anchors) {
  public Authorities {
    anchors = Set.copyOf(anchors);
  }

  /// Those that come with the JDK.
  public static Authorities ofTheJdk() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(manager -> of(Arrays.asList(((X509TrustManager) manager).getAcceptedIssuers())))
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("authorities of the JDK: " + e.getMessage(), e);
    }
  }

  /// Those in a PEM file.
  ///
  /// @throws IOException if it cannot be read, or holds no certificate
  public static Authorities in(Path pem) throws IOException {
    try (var in = Files.newInputStream(pem)) {
      var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) throw new IOException(pem + ": holds no certificate");
      return of(found.stream().map(X509Certificate.class::cast).toList());
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + ": " + e.getMessage(), e);
    }
  }

  public static Authorities of(Collection<X509Certificate> certificates) {
    return new Authorities(
        certificates.stream()
            .map(certificate -> new TrustAnchor(certificate, null))
            .collect(Collectors.toSet()));
  }
}
