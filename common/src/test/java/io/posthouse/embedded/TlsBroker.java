package io.posthouse.embedded;

import io.posthouse.pki.TestAuthority;
import io.posthouse.pki.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A real broker that speaks TLS alone, and lets in only who shows a certificate of its authority.
public final class TlsBroker implements AutoCloseable {
  /// For servers and clients: a broker is a client of its own, too.
  private static final String ANY_USE = "2.5.29.37.0";

  private final TestAuthority authority = TestAuthority.named("our brokers and their clients");
  private final Path folder = TestBroker.temporary();
  private final EmbeddedKafka kafka;

  private TlsBroker() {
    var itself = authority.issueFor(ANY_USE, "127.0.0.1");
    kafka =
        EmbeddedKafka.start(
            EmbeddedKafka.Settings.in(folder.resolve("kafka")).withFsync(false),
            Map.of(
                "listener.security.protocol.map",
                "PLAINTEXT:SSL,CONTROLLER:PLAINTEXT",
                "ssl.client.auth",
                "required",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.key",
                read(itself.writeKey(folder.resolve("key.pem"))),
                "ssl.keystore.certificate.chain",
                read(itself.writeChain(folder.resolve("chain.pem"))),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                read(authority())));
  }

  public static TlsBroker start() {
    return new TlsBroker();
  }

  /// For `bootstrap.servers`.
  public String bootstrap() {
    return kafka.bootstrap();
  }

  /// The certificate of who vouches for it, a PEM file.
  public Path authority() {
    return authority.write(folder.resolve("authority.pem"));
  }

  /// A client it lets in.
  public TestIdentity client(String name) {
    return authority.issueFor(ANY_USE, name);
  }

  @Override
  public void close() {
    kafka.close();
    TestBroker.delete(folder);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
