package io.posthouse.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Our certificates, if we have any.
///
/// @param identity for clients that ask for no name, or for one that no certificate has
/// @param others for clients that ask for a name of theirs (SNI, RFC 6066 §3)
/// @param clientAuthorities PEM file: who signs the certificates of clients that we trust
/// @param reloadEvery how often the files are looked at for new ones
public record TlsSettings(
    Optional<Identity> identity,
    List<Identity> others,
    Optional<Path> clientAuthorities,
    Duration reloadEvery) {
  private static final Duration EVERY = Duration.ofSeconds(30);

  public TlsSettings {
    others = List.copyOf(others);
  }

  /// One certificate, or none.
  public TlsSettings(Optional<Identity> identity) {
    this(identity, List.of(), Optional.empty(), EVERY);
  }

  /// Who we are to TLS clients.
  ///
  /// @param certificate PEM file: our certificate and those up to the root's
  /// @param key PEM file: its private key, PKCS #8
  public record Identity(Path certificate, Path key) {}

  public static TlsSettings read(Settings in) {
    var identity = identity(in, "tls.");
    var others =
        in.sections("certificates", item -> identity(item, "")).stream()
            .flatMap(Optional::stream)
            .toList();
    if (identity.isEmpty() && !others.isEmpty())
      in.problem("certificates", "without a default (expected: tls.certificate and tls.key too)");
    return new TlsSettings(
        identity,
        others,
        in.about("PEM file: who signs the certificates of clients that we trust")
            .optionalPath("client_ca"),
        in.about("how often the files are looked at for new certificates")
            .duration("reload_every", Duration.ofMillis(100), Duration.ofDays(1), EVERY));
  }

  private static Optional<Identity> identity(Settings in, String section) {
    var certificate =
        in.about("PEM file: our certificate and its chain").optionalPath("certificate");
    var key = in.about("PEM file: its private key, PKCS #8").optionalPath("key");
    if (certificate.isPresent() && key.isEmpty())
      in.problem("certificate", "has no key (expected: " + section + "key too)");
    if (key.isPresent() && certificate.isEmpty())
      in.problem("key", "has no certificate (expected: " + section + "certificate too)");
    return certificate.flatMap(pem -> key.map(secret -> new Identity(pem, secret)));
  }
}
