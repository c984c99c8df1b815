package io.posthouse.edge;

import io.posthouse.config.ConfigException;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.SettingsFile;
import io.posthouse.config.TlsSettings;
import io.posthouse.directory.Directory;
import io.posthouse.directory.InMemoryDirectory;
import io.posthouse.directory.InMemoryLogins;
import io.posthouse.directory.Logins;
import io.posthouse.directory.UserId;
import io.posthouse.dkim.DkimSettings;
import io.posthouse.dkim.Signer;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.LoginRules;
import io.posthouse.edge.session.SessionRules;
import io.posthouse.edge.session.TlsOffer;
import io.posthouse.edge.wire.Backstage;
import io.posthouse.edge.wire.Listener;
import io.posthouse.edge.wire.SmtpServer;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.queue.InMemoryMailQueue;
import io.posthouse.queue.MailQueue;
import io.posthouse.srs.Srs;
import io.posthouse.tally.LocalTallies;
import io.posthouse.tally.Tallies;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// An edge `mx.example.net` on fakes that a test can reach, with the users `bob@example.net`
/// (password `secret`) and `carol@example.net`. Loopback clients may not relay.
public final class TestEdge implements AutoCloseable {
  private static final NodeSettings NODE = new NodeSettings("edge-1", "mx.example.net");

  public final InMemoryDirectory directory = new InMemoryDirectory();
  public final InMemoryLogins logins = new InMemoryLogins();
  public final InMemoryMailQueue queue = new InMemoryMailQueue();
  public final Metrics metrics = new Metrics();
  public final Queue<MailEvent> events = new ConcurrentLinkedQueue<>();
  public final UserId bob = directory.addUser("bob@example.net");
  public final UserId carol = directory.addUser("carol@example.net");
  private final EdgeSettings settings;
  private Optional<Logins> otherLogins = Optional.empty();
  private Tallies tallies = new LocalTallies(InstantSource.system());
  private Optional<MailQueue> otherQueue = Optional.empty();
  private Optional<Directory> otherDirectory = Optional.empty();
  private Optional<SmtpServer> server = Optional.empty();
  private Optional<Signer> signer = Optional.empty();
  private Optional<Srs> srs = Optional.empty();

  /// An edge that has not started.
  ///
  /// @param overrides as after `--set edge.`
  public TestEdge(String... overrides) {
    logins.add("bob", "secret", bob);
    settings = settings(overrides);
  }

  /// Puts mail elsewhere.
  public TestEdge on(MailQueue other) {
    otherQueue = Optional.of(other);
    return this;
  }

  /// Asks others whose addresses are whose.
  public TestEdge resolving(Directory others) {
    otherDirectory = Optional.of(others);
    return this;
  }

  /// Asks others who may log in.
  public TestEdge loggingIn(Logins others) {
    otherLogins = Optional.of(others);
    return this;
  }

  /// Signs what users send.
  public TestEdge signing(Signer with) {
    signer = Optional.of(with);
    return this;
  }

  /// Takes mail to the rewritten senders of what was forwarded.
  public TestEdge returning(Srs with) {
    srs = Optional.of(with);
    return this;
  }

  /// Counts elsewhere.
  public TestEdge counting(Tallies other) {
    tallies = other;
    return this;
  }

  /// Listens on ephemeral ports of the loopback interface: `mx` and `lmtp`, with a certificate also
  /// `submission` and `submissions`.
  public TestEdge start(TlsSettings tls) {
    var started = Edge.server(settings, NODE, tls, around());
    started.start();
    server = Optional.of(started);
    return this;
  }

  public TestEdge start() {
    return start(new TlsSettings(Optional.empty()));
  }

  /// A client that has just come.
  public SmtpClient client(String listener) {
    return SmtpClient.connect(port(listener));
  }

  public int port(String listener) {
    return server.orElseThrow().address(listener).getPort();
  }

  public void drain(Duration deadline) {
    server.orElseThrow().drain(deadline);
  }

  @Override
  public void close() {
    server.ifPresent(SmtpServer::close);
  }

  /// What all sessions share, answering on the calling thread.
  public Backstage backstage() {
    var shared = Edge.backstage(settings, NODE, around());
    return new Backstage(
        shared.intake(),
        shared.fairUse(),
        shared.greeting(),
        shared.stress(),
        shared.senders(),
        shared.recipients(),
        shared.authors(),
        shared.logins(),
        Runnable::run,
        shared.events(),
        shared.metrics(),
        shared.node(),
        shared.bareNewline(),
        shared.timeouts());
  }

  /// A listener without TLS.
  public Listener listener(ListenerKind kind) {
    var limits = settings.limits();
    var rules =
        new SessionRules(
            kind,
            NODE.hostname(),
            TlsOffer.NONE,
            limits.content().message().bytes(),
            limits.recipients(),
            limits.patience(),
            new LoginRules(settings.login().offered(), 3));
    var listener = new ListenerSettings("test", "127.0.0.1", 0, kind, TlsMode.OFF);
    return new Listener(listener, rules, Optional.empty());
  }

  /// The messages in the queue, whatever the topic.
  public List<Envelope> queued() {
    var topics = queue.topics();
    return Stream.of(topics.local(), topics.remote(), topics.split())
        .flatMap(topic -> queue.envelopes(topic).stream())
        .toList();
  }

  /// The content of a message in the queue.
  public String content(Envelope envelope) {
    try (var in = queue.open(envelope.queueId(), envelope.content())) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isInline(Envelope envelope) {
    return envelope.content() instanceof Content.Inline;
  }

  private Edge.Surroundings around() {
    return new Edge.Surroundings(
        otherQueue.orElse(queue),
        otherDirectory.orElse(directory),
        otherLogins.orElse(logins),
        tallies,
        signer,
        DkimSettings.Authors.OWN,
        srs,
        events::add,
        metrics,
        InstantSource.system());
  }

  private static EdgeSettings settings(String... overrides) {
    var all =
        Stream.concat(
            Stream.of(
                "listeners=["
                    + "{name: mx, kind: mx, address: 127.0.0.1, port: 0},"
                    + "{name: lmtp, kind: lmtp, address: 127.0.0.1, port: 0, tls: off}]",
                "domains=example.net",
                // All clients are one network here.
                "auth.guessing.per_network=0",
                "auth.guessing.per_user=0",
                "auth.guessing.per_pair=0"),
            Stream.of(overrides));
    try {
      return SettingsFile.defaults()
          .with(all.map(override -> "edge." + override).toList())
          .read(in -> EdgeSettings.read(in.section("edge")))
          .settings();
    } catch (ConfigException e) {
      throw new AssertionError(e);
    }
  }
}
