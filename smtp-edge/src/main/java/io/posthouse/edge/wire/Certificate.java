package io.posthouse.edge.wire;

import io.netty.handler.ssl.SslContext;
import io.posthouse.config.TlsSettings.Identity;
import io.posthouse.lifecycle.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// One certificate, ready for handshakes.
///
/// @param names it is for, `*.example.net` among them
record Certificate(SslContext context, List<String> names, Instant expires) {
  private static final int DNS_NAME = 2;

  Certificate {
    names = List.copyOf(names);
  }

  /// @param asksClients whether clients may be asked for theirs
  /// @throws CannotStartException if it cannot be used
  static Certificate read(Identity identity, boolean asksClients) {
    refuseEncrypted(identity);
    var context = Tls.context(identity, asksClients);
    try (var in = Files.newInputStream(identity.certificate())) {
      var first = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new Certificate(context, names(first), first.getNotAfter().toInstant());
    } catch (IOException | CertificateException e) {
      throw new CannotStartException(
          "tls: %s: %s".formatted(identity.certificate(), e.getMessage()), e);
    }
  }

  private static void refuseEncrypted(Identity identity) {
    try {
      if (!Files.readString(identity.key()).contains("ENCRYPTED")) return;
    } catch (IOException unreadable) {
      // Whoever reads it next says so.
      return;
    }
    throw new CannotStartException(
        "tls: %s: the key is encrypted (expected: PKCS #8 without a password; see tls.key)"
            .formatted(identity.key()));
  }

  private static List<String> names(X509Certificate certificate) throws CertificateException {
    var names = certificate.getSubjectAlternativeNames();
    if (names == null) return List.of();
    return names.stream()
        .filter(name -> name.get(0).equals(DNS_NAME))
        .map(name -> (String) name.get(1))
        .toList();
  }
}
