package io.posthouse.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate, those above it, and its private key.
///
/// @param chain the certificate first
public record TestIdentity(PrivateKey key, List<X509Certificate> chain) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  public TestIdentity {
    chain = List.copyOf(chain);
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /// For a server that is this.
  public SSLContext server() {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, PASSWORD, chain.toArray(X509Certificate[]::new));
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The chain as a PEM file.
  public Path writeChain(Path file) {
    var pem = new StringBuilder();
    for (var certificate : chain) pem.append(pem("CERTIFICATE", encoded(certificate)));
    return write(file, pem.toString());
  }

  /// The key as a PEM file, PKCS #8.
  public Path writeKey(Path file) {
    return write(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] der) {
    var line = "\n".getBytes(StandardCharsets.US_ASCII);
    var base64 = Base64.getMimeEncoder(64, line).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
