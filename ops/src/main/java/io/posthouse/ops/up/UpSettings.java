package io.posthouse.ops.up;

import io.posthouse.config.ConfigException;
import io.posthouse.config.Loaded;
import io.posthouse.config.Setting;
import io.posthouse.config.SettingsFile;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.LocalPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The settings of an `up`: what the operator wrote, and for the rest what suits one machine.
///
/// @param yaml all of it, to be read again by other commands and by separate roles
/// @param embeddedKafka nobody named a cluster, so we run a broker; `embeddedMongo` and
///   `selfSigned` likewise
record UpSettings(
    Loaded<PosthouseSettings> loaded,
    String yaml,
    boolean embeddedKafka,
    boolean embeddedMongo,
    boolean selfSigned) {

  /// Completes `written` for one machine.
  ///
  /// @throws ConfigException if what is written cannot be used
  static UpSettings complete(SettingsFile written, UpOptions options) throws ConfigException {
    var named = namedKeys(written);
    var groups =
        Stream.of(kafka(options), mongodb(options), tls(options), rest(options), demo(options));
    var used = groups.filter(group -> named.stream().noneMatch(group::isDecidedBy)).toList();
    var lines = used.stream().flatMap(group -> group.without(named).stream()).toList();
    var completed = written.with(lines);
    return new UpSettings(
        completed.read(PosthouseSettings::read),
        completed.yaml(),
        used.stream().anyMatch(group -> group.key().equals("kafka.bootstrap")),
        used.stream().anyMatch(group -> group.key().equals("mongodb.uri")),
        used.stream().anyMatch(group -> group.key().equals("tls")));
  }

  PosthouseSettings settings() {
    return loaded.settings();
  }

  /// Suggestions that stand or fall together: none is made where somebody wrote `key`, or something
  /// below it.
  private record Group(String key, List<String> lines) {
    boolean isDecidedBy(String named) {
      return isAtOrBelow(named, key);
    }

    List<String> without(Set<String> named) {
      return lines.stream()
          .filter(line -> named.stream().noneMatch(n -> isAtOrBelow(n, keyOf(line))))
          .toList();
    }

    private static String keyOf(String line) {
      return line.substring(0, line.indexOf('='));
    }

    private static boolean isAtOrBelow(String named, String key) {
      return named.equals(key) || named.startsWith(key + ".") || named.startsWith(key + "[");
    }
  }

  /// One partition each: a broker without replicas flushes every partition it writes to, one after
  /// the other.
  private static Group kafka(UpOptions options) {
    return new Group(
        "kafka.bootstrap",
        List.of(
            "kafka.bootstrap=127.0.0.1:" + options.port(LocalPorts.KAFKA),
            "kafka.partitions=1",
            "kafka.other_partitions=1",
            "kafka.replication=1"));
  }

  private static Group mongodb(UpOptions options) {
    var uri = "mongodb://127.0.0.1:" + options.port(LocalPorts.MONGODB) + "/posthouse";
    return new Group("mongodb.uri", List.of("mongodb.uri=" + uri));
  }

  private static Group tls(UpOptions options) {
    var made = SelfSigned.files(options.folder("tls"));
    return new Group(
        "tls",
        List.of(
            "tls.certificate=" + quoted(made.certificate().toString()),
            "tls.key=" + quoted(made.key().toString())));
  }

  private static Group rest(UpOptions options) {
    return new Group(
        "-",
        List.of(
            "node.id=up",
            "node.hostname=localhost",
            "edge.listeners=" + listeners(options),
            "edge.relay_networks=[127.0.0.0/8, \"::1/128\"]",
            "telemetry.address=127.0.0.1",
            "telemetry.port=" + options.port(LocalPorts.HTTP)));
  }

  /// Mail for the rest of the world goes to one host, which is then many destinations in one.
  private static Group demo(UpOptions options) {
    var lines = new ArrayList<String>();
    if (options.demo()) {
      lines.add("delivery.routes.\"*\".hosts=127.0.0.1:" + options.port(LocalPorts.CATCH_ALL));
      lines.add("delivery.per_destination=200");
    }
    return new Group("delivery.routes", lines);
  }

  private static String listeners(UpOptions options) {
    return Stream.of(
            listener("smtp", options.port(LocalPorts.SMTP), "mx"),
            listener("submission", options.port(LocalPorts.SUBMISSION), "submission"),
            listener("submissions", options.port(LocalPorts.SUBMISSIONS), "submissions"),
            listener("lmtp", options.port(LocalPorts.LMTP), "lmtp"))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String listener(String name, int port, String kind) {
    return "{name: %s, address: 127.0.0.1, port: %d, kind: %s}".formatted(name, port, kind);
  }

  private static Set<String> namedKeys(SettingsFile written) throws ConfigException {
    return written.read(PosthouseSettings::read).effective().stream()
        .filter(setting -> !setting.origin().equals("default"))
        .map(Setting::key)
        .collect(Collectors.toSet());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
