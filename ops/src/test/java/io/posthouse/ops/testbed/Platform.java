package io.posthouse.ops.testbed;

import io.posthouse.config.HostPort;
import io.posthouse.dns.TestDns;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.peers.Ports;
import io.posthouse.queue.Topics;
import io.posthouse.smtp.ScriptedMx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;

/// The three roles as processes of their own, from one settings file, with topics and a database of
/// their own on a cluster that outlives them; and around them a DNS server and one MX host, which
/// serves every domain of this world.
public final class Platform implements AutoCloseable {
  /// How many deliveries go on at once.
  public static final int CONCURRENCY = 50;

  /// What a delivery role may have delivered without having noted it: what is in flight by its
  /// settings, and what a commit and the one under way before it may leave open, each of them late
  /// by as much again on a busy machine.
  public static final int UNNOTED = CONCURRENCY + 2 * 2 * 50;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "e2e" + COUNT.incrementAndGet();
  private final Cluster cluster;
  private final TestDns dns = TestDns.start();
  private final ScriptedMx world = ScriptedMx.start();
  private final HostPort smtp;
  private final Path settings;
  private final Map<Role, RoleProcess> roles = new EnumMap<>(Role.class);

  /// Starts all roles, and returns when they are ready.
  public Platform(Cluster cluster) {
    this(cluster, 0);
  }

  /// The same, with another MX host.
  ///
  /// @param mxPort where the world listens for mail; 0 for [#world()]
  public Platform(Cluster cluster, int mxPort) {
    this(cluster, mxPort, "{delays: [2s, 3s, 5s], expiry: 10m}");
  }

  /// One that tries a message again after a second, and then not within a test unless it is told
  /// to.
  public static Platform patient(Cluster cluster) {
    return new Platform(cluster, 0, "{delays: [1s, 1h], expiry: 4h}");
  }

  private Platform(Cluster cluster, int mxPort, String retry) {
    this.cluster = cluster;
    smtp = new HostPort("127.0.0.1", Ports.free());
    settings =
        Testbed.write(
            Testbed.folder(name),
            "posthouse.yaml",
            yaml(mxPort == 0 ? world.port() : mxPort, retry));
    for (var role : Role.values()) roles.put(role, new RoleProcess(role, settings, Ports.free()));
    succeed("topics", "create");
    roles.values().forEach(RoleProcess::launch);
    roles.values().forEach(RoleProcess::awaitReady);
  }

  /// One for all test classes that leave it as they found it, on the shared broker and database.
  public static Platform shared() {
    return Shared.PLATFORM;
  }

  public RoleProcess role(Role role) {
    return Objects.requireNonNull(roles.get(role));
  }

  /// Where it listens for SMTP.
  public HostPort smtp() {
    return smtp;
  }

  /// What it asks for names.
  public TestDns dns() {
    return dns;
  }

  /// The MX host, for every domain that [#remoteDomain] has made.
  public ScriptedMx world() {
    return world;
  }

  /// Makes a domain whose mail goes to [#world()].
  public String remoteDomain(String domain) {
    dns.mx(domain, 10, "mx." + domain).a("mx." + domain, "127.0.0.1");
    return domain;
  }

  /// Creates a user, with this address.
  public String user(String address) {
    succeed("user", "add", address, "--password", "secret");
    return address;
  }

  /// Runs a command about this platform.
  public Ended run(String... command) {
    var all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--config", settings.toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  /// The UIDs in a user's mailbox.
  public List<Integer> uids(String user) {
    return succeed("mailbox", "list", user, "--format", "json")
        .text()
        .lines()
        .map(line -> Document.parse(line).getInteger("uid"))
        .toList();
  }

  /// The octets of a message, when it has arrived.
  public byte[] raw(String user, int uid) {
    Eventually.holds(user + " has message " + uid, () -> uids(user).contains(uid));
    return succeed("mailbox", "raw", user, "--uid", String.valueOf(uid)).output().toArray();
  }

  public Path settings() {
    return settings;
  }

  /// Its queue.
  public KafkaCluster kafka() {
    return new KafkaCluster(cluster.bootstrap(), new Topics(name + "."));
  }

  /// Its database as it is now.
  public DatabaseCopy copyDatabase() {
    return new DatabaseCopy(cluster.mongodb(), name);
  }

  public Mailboxes mailboxes() {
    return new Mailboxes(cluster.mongodb(), name);
  }

  @Override
  public void close() {
    roles.values().forEach(RoleProcess::close);
    world.close();
    dns.close();
  }

  private Ended succeed(String... command) {
    var ended = run(command);
    if (ended.exitCode() != 0)
      throw new AssertionError(String.join(" ", command) + ": " + ended.errors() + ended.text());
    return ended;
  }

  private String yaml(int mxPort, String retry) {
    return """
    version: 1
    node:
      id: %1$s
      hostname: %1$s.posthouse.test
    kafka:
      bootstrap: %2$s
      topic_prefix: %1$s.
      partitions: 6
      other_partitions: 3
      replication: 1
    mongodb:
      uri: %3$s/%1$s
    dns:
      servers: ["127.0.0.1:%4$d"]
    edge:
      relay_networks: [127.0.0.0/8]
      listeners:
        - {name: mx, address: 127.0.0.1, port: %5$d, kind: mx}
    delivery:
      port: %6$d
      allow_loopback: true
      concurrency: %7$d
      retry: %8$s
      breaker: {open: 2s, longest: 5s}
    """
        .formatted(
            name,
            cluster.bootstrap(),
            cluster.mongodb(),
            dns.address().getPort(),
            smtp.port(),
            mxPort,
            CONCURRENCY,
            retry);
  }

  private static final class Shared {
    static final Platform PLATFORM = new Platform(Cluster.shared());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(PLATFORM::close));
    }
  }
}
