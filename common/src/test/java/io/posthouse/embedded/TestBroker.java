package io.posthouse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// One real broker for all the tests of a JVM: starting one takes seconds. Each class has topics of
/// its own.
public final class TestBroker {
  private final EmbeddedKafka kafka;

  private TestBroker(Path directory) {
    kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.in(directory).withFsync(false));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kafka.close();
                  delete(directory);
                },
                "test-broker-stop"));
  }

  /// Starts it the first time; it stops with the JVM.
  public static TestBroker shared() {
    return Shared.BROKER;
  }

  /// For `bootstrap.servers`.
  public String bootstrap() {
    return kafka.bootstrap();
  }

  /// What the names of the class's topics, groups and transactional ids begin with; another one at
  /// each call.
  public String freshPrefix(Class<?> test) {
    return Fresh.name(test) + ".";
  }

  private static final class Shared {
    static final TestBroker BROKER = new TestBroker(temporary());
  }

  static Path temporary() {
    try {
      return Files.createTempDirectory("posthouse-kafka");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
