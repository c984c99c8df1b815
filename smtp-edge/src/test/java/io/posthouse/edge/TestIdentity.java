package io.posthouse.edge;

import io.posthouse.config.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;

/// A certificate that signs itself, made with the JDK's `keytool`.
final class TestIdentity {
  private static final String PASSWORD = "changeit";

  private TestIdentity() {}

  static TlsSettings in(Path folder) throws IOException, InterruptedException {
    return new TlsSettings(Optional.of(named("localhost", folder)));
  }

  /// A certificate for a name, in a folder of its own.
  static TlsSettings.Identity named(String name, Path folder)
      throws IOException, InterruptedException {
    var store = folder.resolve("store.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "mx",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (made != 0) throw new IOException("keytool: exit code " + made);
    return pem(store, folder);
  }

  private static TlsSettings.Identity pem(Path store, Path folder) throws IOException {
    try (var in = Files.newInputStream(store)) {
      var entries = KeyStore.getInstance("PKCS12");
      entries.load(in, PASSWORD.toCharArray());
      var certificate = write(folder, "CERTIFICATE", entries.getCertificate("mx").getEncoded());
      var key =
          write(folder, "PRIVATE KEY", entries.getKey("mx", PASSWORD.toCharArray()).getEncoded());
      return new TlsSettings.Identity(certificate, key);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static Path write(Path folder, String label, byte[] der) throws IOException {
    var base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return Files.writeString(
        folder.resolve(label.replace(' ', '-')),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label));
  }
}
