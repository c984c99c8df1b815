package io.posthouse.edge.wire;

import io.posthouse.lifecycle.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Whose certificates of clients we believe. A handshake takes any: a host that shows one of its
/// own would otherwise have to send its mail in the clear, or not at all.
public final class ClientTrust {
  private static final int LONGEST_SUBJECT = 255;

  private final X509TrustManager authorities;

  private ClientTrust(X509TrustManager authorities) {
    this.authorities = authorities;
  }

  /// @param file PEM, with certificates of the authorities
  /// @throws CannotStartException if it cannot be used
  static ClientTrust read(Path file) {
    try {
      return new ClientTrust(manager(authorities(file)));
    } catch (IOException | GeneralSecurityException e) {
      throw new CannotStartException(
          "tls: %s: %s (see tls.client_ca)".formatted(file, e.getMessage()), e);
    }
  }

  /// The subject of the client's certificate, if it has shown one that we trust.
  Optional<String> subject(SSLSession session) {
    try {
      var chain = chain(session.getPeerCertificates());
      authorities.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      var subject = chain[0].getSubjectX500Principal().getName();
      return Optional.of(subject.substring(0, Math.min(subject.length(), LONGEST_SUBJECT)));
    } catch (SSLPeerUnverifiedException | CertificateException none) {
      return Optional.empty();
    }
  }

  private static X509Certificate[] chain(Certificate[] certificates) {
    return Arrays.stream(certificates)
        .map(X509Certificate.class::cast)
        .toArray(X509Certificate[]::new);
  }

  private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(file)) {
      var number = 0;
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in))
        store.setCertificateEntry("ca" + number++, one);
    }
    if (store.size() == 0) throw new CertificateException("no certificate in it");
    return store;
  }

  private static X509TrustManager manager(KeyStore authorities) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new CertificateException("no way to check certificates"));
  }
}
