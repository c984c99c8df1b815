package io.posthouse.ops.up;

import io.posthouse.ops.cli.CommandFailed;
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

  /// The certificate in `folder`, made there if there is none yet.
  static SelfSigned in(Path folder) throws IOException {
    var made = new SelfSigned(folder.resolve("localhost.crt"), folder.resolve("localhost.key"));
    if (!Files.exists(made.key)) made.make(folder.resolve("localhost.p12"));
    return made;
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
