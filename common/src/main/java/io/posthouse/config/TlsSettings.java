package io.posthouse.config;

import java.nio.file.Path;
import java.util.Optional;

/// Our certificate, if we have one.
public record TlsSettings(Optional<Identity> identity) {

  /// Who we are to TLS clients.
  ///
  /// @param certificate PEM file: our certificate and those up to the root's
  /// @param key PEM file: its private key, PKCS #8
  public record Identity(Path certificate, Path key) {}

  public static TlsSettings read(Settings in) {
    var certificate =
        in.about("PEM file: our certificate and its chain").optionalPath("certificate");
    var key = in.about("PEM file: its private key, PKCS #8").optionalPath("key");
    if (certificate.isPresent() && key.isEmpty())
      in.problem("certificate", "has no key (expected: tls.key too)");
    if (key.isPresent() && certificate.isEmpty())
      in.problem("key", "has no certificate (expected: tls.certificate too)");
    return new TlsSettings(
        certificate.flatMap(pem -> key.map(secret -> new Identity(pem, secret))));
  }
}
