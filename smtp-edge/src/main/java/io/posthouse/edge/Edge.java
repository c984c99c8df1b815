package io.posthouse.edge;

import io.posthouse.config.NodeSettings;
import io.posthouse.config.TlsSettings;
import io.posthouse.directory.Directory;
import io.posthouse.directory.Logins;
import io.posthouse.dkim.DkimSettings.Authors;
import io.posthouse.dkim.Signer;
import io.posthouse.edge.intake.Intake;
import io.posthouse.edge.intake.MemoryBudget;
import io.posthouse.edge.limits.FairUse;
import io.posthouse.edge.limits.Greeting;
import io.posthouse.edge.limits.Stress;
import io.posthouse.edge.login.Authenticator;
import io.posthouse.edge.policy.AuthorPolicy;
import io.posthouse.edge.policy.MailboxLimits;
import io.posthouse.edge.policy.OurNames;
import io.posthouse.edge.policy.RecipientPolicy;
import io.posthouse.edge.policy.RelayPolicy;
import io.posthouse.edge.policy.ReturnedMail;
import io.posthouse.edge.policy.SenderPolicy;
import io.posthouse.edge.policy.SharedCounts;
import io.posthouse.edge.policy.SubmissionPolicy;
import io.posthouse.edge.session.LoginRules;
import io.posthouse.edge.session.SessionRules;
import io.posthouse.edge.session.TlsOffer;
import io.posthouse.edge.wire.Backstage;
import io.posthouse.edge.wire.Certificates;
import io.posthouse.edge.wire.Listener;
import io.posthouse.edge.wire.SmtpServer;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.message.QueueIds;
import io.posthouse.queue.MailQueue;
import io.posthouse.srs.Srs;
import io.posthouse.tally.Tallies;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.Metrics;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The edge as a diagram: which part is given which.
public final class Edge {
  private static final int MOST_WRONG_LOGINS = 3;

  private Edge() {}

  /// What the edge leans on; whatever of it is a service has started before the edge.
  ///
  /// @param signer signs what our users send, if anybody does
  /// @param authors for whom a user is signed for
  /// @param srs what the senders of forwarded mail are rewritten with
  public record Surroundings(
      MailQueue queue,
      Directory directory,
      Logins logins,
      Tallies tallies,
      Optional<Signer> signer,
      Authors authors,
      Optional<Srs> srs,
      Events events,
      Metrics metrics,
      InstantSource clock) {
    /// Nobody signs, and nobody rewrites.
    public Surroundings(
        MailQueue queue,
        Directory directory,
        Logins logins,
        Tallies tallies,
        Events events,
        Metrics metrics,
        InstantSource clock) {
      this(
          queue,
          directory,
          logins,
          tallies,
          Optional.empty(),
          Authors.OWN,
          Optional.empty(),
          events,
          metrics,
          clock);
    }
  }

  /// The listeners of this node and all behind them, not started yet.
  ///
  /// @throws CannotStartException if the certificate cannot be used
  public static SmtpServer server(
      EdgeSettings edge, NodeSettings node, TlsSettings tls, Surroundings around) {
    var certificates = Certificates.of(tls, around.events());
    certificates.ifPresent(ours -> expiry(around.metrics(), ours));
    var listeners =
        edge.listeners().stream()
            .map(listener -> listener(listener, edge, node, certificates))
            .toList();
    return new SmtpServer(listeners, edge, backstage(edge, node, around));
  }

  private static void expiry(Metrics metrics, Certificates certificates) {
    metrics.gauge(
        "edge_tls_certificate_expires_timestamp_seconds",
        "When the first of our certificates ends, in seconds since 1970.",
        () -> (double) certificates.expires().getEpochSecond());
  }

  private static Listener listener(
      ListenerSettings listener,
      EdgeSettings edge,
      NodeSettings node,
      Optional<Certificates> certificates) {
    var tls = certificates.filter(_ -> listener.tls() != TlsMode.OFF);
    // Nobody could log in there, and nobody may send without.
    if (tls.isEmpty() && listener.kind().isSubmission())
      throw new CannotStartException(
          "smtp %s: no certificate (see tls.certificate and tls.key)".formatted(listener));
    if (listener.clientCertificates() != ClientCertificates.OFF
        && tls.flatMap(Certificates::clientTrust).isEmpty())
      throw new CannotStartException(
          "smtp %s: client_certificates without an authority (see tls.client_ca)"
              .formatted(listener));
    var limits = edge.limits();
    var rules =
        new SessionRules(
            listener.kind(),
            node.hostname(),
            tlsOffer(listener, tls),
            limits.content().message().bytes(),
            limits.recipients(),
            limits.patience(),
            new LoginRules(edge.login().offered(), MOST_WRONG_LOGINS));
    return new Listener(listener, rules, tls);
  }

  private static TlsOffer tlsOffer(ListenerSettings listener, Optional<Certificates> tls) {
    if (tls.isEmpty()) return TlsOffer.NONE;
    return listener.clientCertificates() == ClientCertificates.REQUIRE
        ? TlsOffer.CERTIFICATE_NEEDED
        : TlsOffer.OFFERED;
  }

  static Backstage backstage(EdgeSettings edge, NodeSettings node, Surroundings around) {
    var memory = new MemoryBudget(edge.limits().memory().bytes());
    var names = new OurNames(edge.domains(), edge.postmaster());
    var relay = new RelayPolicy(edge.relayNetworks());
    var asking = Executors.newVirtualThreadPerTaskExecutor();
    var intake =
        new Intake(
            around.queue(),
            new QueueIds(around.clock()),
            around.clock(),
            memory,
            edge.limits().uploads(),
            node.hostname(),
            edge.limits().content(),
            around.signer(),
            asking);
    around
        .metrics()
        .gauge(
            "edge_uploads_bytes",
            "Octets of chunks on their way to Kafka.",
            () -> (double) intake.underWay());
    var submission = new SubmissionPolicy(edge.submission(), around.tallies(), around.events());
    var fairUse = edge.limits().fairUse().exempting(edge.relayNetworks());
    var soon = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, asking);
    var limits =
        new MailboxLimits(
            edge.mailboxes(), fairUse.exempt(), new SharedCounts(around.tallies(), soon));
    var stress = new Stress();
    around
        .metrics()
        .gauge(
            "edge_stress",
            "1 while clients are hurried, as sessions or memory run out.",
            () -> stress.isOn() ? 1 : 0);
    return new Backstage(
        intake,
        new FairUse(fairUse, System::nanoTime),
        new Greeting(edge.greeting(), fairUse, stress, System::nanoTime),
        stress,
        new SenderPolicy(around.directory(), submission),
        new RecipientPolicy(
            around.directory(),
            names,
            relay,
            submission,
            limits,
            new ReturnedMail(around.srs(), around.clock())),
        new AuthorPolicy(around.directory(), relay, around.authors()),
        Authenticator.of(edge.login(), around.logins(), around.tallies(), around.events()),
        asking,
        around.events(),
        new EdgeMetrics(around.metrics(), () -> (double) memory.used()),
        node.id(),
        edge.bareNewline(),
        edge.timeouts());
  }
}
