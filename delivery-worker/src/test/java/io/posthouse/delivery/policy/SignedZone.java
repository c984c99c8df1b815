package io.posthouse.delivery.policy;

import io.posthouse.peers.Peer;
import io.posthouse.peers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// The zone `test.`, signed by BIND's tools, served by nsd, and resolved by unbound, all on
/// loopback. In it `good.test` and `plain.test` are in order, some signatures of `bogus.test` are
/// wrong, and `unsigned.test` is a zone of its own that nobody signed.
final class SignedZone implements AutoCloseable {
  static final String GOOD = "aa".repeat(32);

  private static final String HEAD =
      """
      $TTL 300
      @ SOA ns.test. hostmaster.test. 1 3600 600 86400 60
      @ NS ns.test.
      """;
  private static final String ZONE =
      HEAD
          + """
          ns A 127.0.0.1
          good MX 10 mx.good
          mx.good A 127.0.0.1
          _25._tcp.mx.good TLSA 3 1 1 %1$s
          aliased MX 10 alias.good
          alias.good CNAME mx.good
          plain MX 10 mx.plain
          mx.plain A 127.0.0.1
          bogus MX 10 mx.bogus
          mx.bogus A 127.0.0.1
          _25._tcp.mx.bogus TLSA 3 1 1 %2$s
          lost MX 7 mx.lost
          leaves MX 10 mx.leaves
          mx.leaves CNAME mx.unsigned
          unsigned NS ns.test.
          """
              .formatted(GOOD, "bb".repeat(32));
  private static final String UNSIGNED =
      HEAD
          + """
          @ MX 10 mx
          mx A 127.0.0.1
          _25._tcp.mx TLSA 3 1 1 %s
          """
              .formatted(GOOD);

  private final List<Process> servers;
  private final int resolver;
  private final String anchor;

  private SignedZone(List<Process> servers, int resolver, String anchor) {
    this.servers = servers;
    this.resolver = resolver;
    this.anchor = anchor;
  }

  /// Started in a folder of its own; skips the test where a program is absent.
  static SignedZone in(Path folder) {
    var nsd = Peer.named("nsd");
    var unbound = Peer.named("unbound");
    try {
      var anchor = sign(folder);
      var authority = Ports.free();
      var resolver = Ports.free();
      Files.writeString(folder.resolve("nsd.conf"), nsdConf(folder, authority));
      Files.writeString(
          folder.resolve("unbound.conf"), unboundConf(folder, resolver, authority, anchor));
      return new SignedZone(
          List.of(
              nsd.start("-d", "-c", folder.resolve("nsd.conf").toString()),
              unbound.start("-d", "-c", folder.resolve("unbound.conf").toString())),
          resolver,
          anchor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The resolver, which validates by itself.
  InetSocketAddress resolver() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), resolver);
  }

  /// The DS record of the zone.
  String anchor() {
    return anchor;
  }

  @Override
  public void close() {
    // nsd forks; whoever still writes into the folder keeps it from being deleted.
    var all =
        servers.stream().flatMap(s -> Stream.concat(s.descendants(), Stream.of(s.toHandle())));
    var ends = all.peek(ProcessHandle::destroy).map(ProcessHandle::onExit).toList();
    ends.forEach(CompletableFuture::join);
  }

  private static String sign(Path folder) throws IOException {
    var zone = Files.writeString(folder.resolve("test.zone"), ZONE).toString();
    Files.writeString(folder.resolve("unsigned.zone"), UNSIGNED);
    var keygen = Peer.named("dnssec-keygen");
    run(keygen, "-K", folder.toString(), "-a", "ECDSAP256SHA256", "-f", "KSK", "test");
    run(keygen, "-K", folder.toString(), "-a", "ECDSAP256SHA256", "test");
    var signed = folder.resolve("test.signed");
    run(
        Peer.named("dnssec-signzone"),
        "-S",
        "-K",
        folder.toString(),
        "-d",
        folder.toString(),
        "-o",
        "test",
        "-f",
        signed.toString(),
        zone);
    var records = Files.readString(signed);
    // What is signed says other things than what is served.
    Files.writeString(
        signed,
        records.replace("B".repeat(8), "C".repeat(8)).replace("MX\t7 mx.lost", "MX\t8 mx.lost"));
    return Files.readString(folder.resolve("dsset-test.")).strip().replaceAll("\\s+", " ");
  }

  private static void run(Peer program, String... arguments) {
    var ended = program.run(arguments);
    if (ended.exitCode() != 0) throw new AssertionError(ended.said());
  }

  private static String nsdConf(Path folder, int port) {
    return """
    server:
      ip-address: 127.0.0.1@%2$d
      username: ""
      chroot: ""
      zonesdir: "%1$s"
      pidfile: "%1$s/nsd.pid"
      database: ""
      zonelistfile: "%1$s/zone.list"
      xfrdfile: "%1$s/xfrd.state"
      xfrdir: "%1$s"
    remote-control:
      control-enable: no
    zone:
      name: test
      zonefile: test.signed
    zone:
      name: unsigned.test
      zonefile: unsigned.zone
    """
        .formatted(folder, port);
  }

  private static String unboundConf(Path folder, int port, int authority, String anchor) {
    return """
    server:
      interface: 127.0.0.1@%2$d
      access-control: 127.0.0.0/8 allow
      username: ""
      chroot: ""
      directory: "%1$s"
      pidfile: "%1$s/unbound.pid"
      use-syslog: no
      do-ip6: no
      do-not-query-localhost: no
      local-zone: "test." nodefault
      module-config: "validator iterator"
      trust-anchor: "%4$s"
    remote-control:
      control-enable: no
    stub-zone:
      name: "test."
      stub-addr: 127.0.0.1@%3$d
    stub-zone:
      name: "unsigned.test."
      stub-addr: 127.0.0.1@%3$d
    """
        .formatted(folder, port, authority, anchor);
  }
}
