package io.posthouse.ops.up;

import io.posthouse.ops.demo.CatchAll;
import io.posthouse.ops.demo.DemoUsers;
import io.posthouse.ops.role.DeliverRole;
import io.posthouse.ops.role.EdgeRole;
import io.posthouse.ops.role.Node;
import io.posthouse.ops.role.StoreRole;
import io.posthouse.telemetry.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;

/// One process that is a whole platform: what the roles lean on, then the roles, the edge last, so
/// that mail comes in when all behind it works.
final class AllInOne {
  private final UpOptions options;
  private final UpSettings settings;
  private final PrintWriter out;

  AllInOne(UpOptions options, UpSettings settings, PrintWriter out) {
    this.options = options;
    this.settings = settings;
    this.out = out;
  }

  /// Runs until the system wants the process to end.
  void run() throws IOException, InterruptedException {
    prepareFolder();
    Logs.toFile(options.folder("posthouse.log"));
    try (var node = new Node(settings.loaded())) {
      node.withFoundation(new EmbeddedServers(options, settings));
      node.withFoundation(new TopicsAtStart(settings.settings()));
      if (options.demo()) {
        node.with(new DemoUsers(node.mongo(), options.folder("demo-passwords")));
        node.with(
            new CatchAll(node.mongo(), options.port(io.posthouse.ops.cli.LocalPorts.CATCH_ALL)));
      }
      StoreRole.addTo(node);
      DeliverRole.addTo(node);
      EdgeRole.addTo(node);
      node.withLast(new Announcement(options, settings, node, out));
      node.run();
    }
  }

  private void prepareFolder() throws IOException {
    Files.createDirectories(options.data());
    if (settings.selfSigned()) SelfSigned.files(options.folder("tls")).makeIfMissing();
    Files.writeString(
        options.folder("posthouse.yaml"),
        "# What `posthouse up` last ran with; for the other commands and for roles as processes.\n"
            + settings.yaml());
  }
}
