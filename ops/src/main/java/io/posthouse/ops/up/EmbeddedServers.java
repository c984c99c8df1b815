package io.posthouse.ops.up;

import io.posthouse.embedded.EmbeddedKafka;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import io.posthouse.ops.cli.LocalPorts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// The broker and the database that `up` brings along, as far as nobody named real ones.
final class EmbeddedServers implements Service {
  private final UpOptions options;
  private final UpSettings settings;
  private volatile Optional<EmbeddedKafka> kafka = Optional.empty();
  private volatile Optional<EmbeddedMongo> mongo = Optional.empty();

  EmbeddedServers(UpOptions options, UpSettings settings) {
    this.options = options;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "embedded servers";
  }

  /// Both at once: each takes seconds, mostly of waiting.
  @Override
  public void start() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starting = threads.submit(this::startKafka);
      startMongo();
      starting.get();
    } catch (ExecutionException e) {
      close();
      throw e.getCause() instanceof RuntimeException why
          ? why
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStartException("interrupted while starting", e);
    }
  }

  @Override
  public void drain(Duration deadline) {}

  @Override
  public synchronized void close() {
    kafka.ifPresent(EmbeddedKafka::close);
    mongo.ifPresent(EmbeddedMongo::close);
    kafka = Optional.empty();
    mongo = Optional.empty();
  }

  private void startKafka() {
    if (!settings.embeddedKafka()) return;
    var broker = EmbeddedKafka.Settings.in(options.folder("kafka"));
    kafka =
        Optional.of(
            EmbeddedKafka.start(
                broker.withPort(options.port(LocalPorts.KAFKA)).withFsync(options.fsync())));
  }

  private void startMongo() {
    if (!settings.embeddedMongo()) return;
    var database = EmbeddedMongo.Settings.in(options.folder("mongodb"));
    mongo =
        Optional.of(
            EmbeddedMongo.start(
                database.withPort(options.port(LocalPorts.MONGODB)).withFsync(options.fsync())));
  }
}
