package io.posthouse.ops.up;

import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/// A certificate for `localhost` that this machine signs itself: good enough to try TLS, trusted by
/// nobody.
///
/// The JDK can make one only with its own program `keytool`; we turn the key store it writes into
/// two PEM files.
record SelfSigned(Path certificate, Path key) {
  private static final String PASSWORD = "changeit";

  /// The files of the certificate in `folder`, whether they are there or not.
  static SelfSigned files(Path folder) {
    return new SelfSigned(folder.resolve("localhost.crt"), folder.resolve("localhost.key"));
  }

  /// Makes the certificate, where that has not been done.
  void makeIfMissing() throws IOException {
    if (Files.exists(key)) return;
    Files.createDirectories(key.getParent());
    make(key.resolveSibling("localhost.p12"));
  }

  private void make(Path store) throws IOException {
    Files.deleteIfExists(store);
    keytool(store);
    try (var in = Files.newInputStream(store)) {
      var entries = KeyStore.getInstance("PKCS12");
      entries.load(in, PASSWORD.toCharArray());
      var secret = entries.getKey("localhost", PASSWORD.toCharArray());
      Files.writeString(
          certificate, pem("CERTIFICATE", entries.getCertificate("localhost").getEncoded()));
      OwnerOnly.write(key, pem("PRIVATE KEY", secret.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw CommandFailed.because(
          "the self-signed certificate could not be made: " + e.getMessage());
    } finally {
      Files.deleteIfExists(store);
    }
  }

  private static void keytool(Path store) throws IOException {
    var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        List.of(
            program,
            "-genkeypair",
            "-alias",
            "localhost",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1,ip:::1",
            "-validity",
            "3650",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0)
      throw CommandFailed.because("keytool: " + said.strip());
  }

  private static String pem(String label, byte[] der) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
