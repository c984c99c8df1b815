package io.posthouse.ops.up;

import io.posthouse.lifecycle.Service;
import io.posthouse.ops.Version;
import io.posthouse.ops.cli.LocalPorts;
import io.posthouse.ops.role.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/// Tells whoever typed `up` that it works, where, and that it is for evaluation. The last to start.
final class Announcement implements Service {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private final UpOptions options;
  private final UpSettings settings;
  private final Node node;
  private final PrintWriter out;

  Announcement(UpOptions options, UpSettings settings, Node node, PrintWriter out) {
    this.options = options;
    this.settings = settings;
    this.node = node;
    this.out = out;
  }

  @Override
  public String name() {
    return "announcement";
  }

  @Override
  public void start() {
    var notReady = node.awaitReady(READY_WITHIN);
    out.println(notReady.isEmpty() ? "ready" : "not ready yet: " + notReady);
    printPorts();
    if (options.demo()) printDemo();
    out.println();
    out.println(
        "  posthouse "
            + Version.number()
            + ", data and log in "
            + options.data()
            + "; Ctrl-C stops it.");
    out.flush();
  }

  @Override
  public void drain(Duration deadline) {
    out.println("stopping: finishing what is under way ...");
    out.flush();
  }

  @Override
  public void close() {}

  private void printPorts() {
    port("smtp", LocalPorts.SMTP, "");
    port("submission", LocalPorts.SUBMISSION, "STARTTLS, certificate signed by itself");
    port("submissions", LocalPorts.SUBMISSIONS, "TLS");
    port("lmtp", LocalPorts.LMTP, "");
    out.printf(
        "  %-12s http://127.0.0.1:%d%s%n",
        "http", settings.settings().telemetry().port(), "/metrics /health/ready");
    var kafka = settings.settings().kafka().bootstrapServers();
    out.printf(
        "  %-12s %s%s%n",
        "kafka",
        kafka,
        settings.embeddedKafka()
            ? "  embedded, for evaluation; for production set kafka.bootstrap"
            : "");
    var mongodb = settings.settings().mongodb().uri();
    out.printf(
        "  %-12s %s%s%n",
        "mongodb",
        mongodb,
        settings.embeddedMongo()
            ? "  embedded, for evaluation; for production set mongodb.uri"
            : "");
  }

  private void port(String name, int port, String remark) {
    out.printf("  %-12s 127.0.0.1:%d  %s%n", name, options.port(port), remark);
  }

  private void printDemo() {
    out.println();
    out.println(
        "  demo users, with their passwords; mail for anybody else goes to `posthouse demo inbox`");
    try {
      Files.readString(options.folder("demo-passwords"))
          .lines()
          .forEach(line -> out.println("    " + line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
