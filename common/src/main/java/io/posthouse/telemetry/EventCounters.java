package io.posthouse.telemetry;

import static io.posthouse.telemetry.Metrics.label;

import io.posthouse.message.Destination;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.MailEvent.Accepted;
import io.posthouse.telemetry.MailEvent.Attempted;
import io.posthouse.telemetry.MailEvent.AutoReplied;
import io.posthouse.telemetry.MailEvent.Bounced;
import io.posthouse.telemetry.MailEvent.Bug;
import io.posthouse.telemetry.MailEvent.CertificatesReloaded;
import io.posthouse.telemetry.MailEvent.Configured;
import io.posthouse.telemetry.MailEvent.DeadLettered;
import io.posthouse.telemetry.MailEvent.Deferred;
import io.posthouse.telemetry.MailEvent.Delivered;
import io.posthouse.telemetry.MailEvent.DependencyDown;
import io.posthouse.telemetry.MailEvent.DependencyUp;
import io.posthouse.telemetry.MailEvent.Directed;
import io.posthouse.telemetry.MailEvent.DirectiveGiven;
import io.posthouse.telemetry.MailEvent.Expired;
import io.posthouse.telemetry.MailEvent.ForeignSender;
import io.posthouse.telemetry.MailEvent.Forwarded;
import io.posthouse.telemetry.MailEvent.HandedOver;
import io.posthouse.telemetry.MailEvent.LoginTried;
import io.posthouse.telemetry.MailEvent.NotEncrypted;
import io.posthouse.telemetry.MailEvent.Notified;
import io.posthouse.telemetry.MailEvent.ProxyHeaderRefused;
import io.posthouse.telemetry.MailEvent.Reacted;
import io.posthouse.telemetry.MailEvent.Refused;
import io.posthouse.telemetry.MailEvent.ReplayChanged;
import io.posthouse.telemetry.MailEvent.Replayed;
import io.posthouse.telemetry.MailEvent.ServiceFailed;
import io.posthouse.telemetry.MailEvent.ServiceStarted;
import io.posthouse.telemetry.MailEvent.ServiceStopped;
import io.posthouse.telemetry.MailEvent.SigningKeySeen;
import io.posthouse.telemetry.MailEvent.Sorted;
import io.posthouse.telemetry.MailEvent.Stored;
import io.posthouse.telemetry.MailEvent.Stress;
import io.posthouse.telemetry.MailEvent.Unsupported;
import io.prometheus.client.Counter;
import java.util.List;
import java.util.Set;

/// One counter for each event, moved once by it.
final class EventCounters {
  private final Counter accepted;
  private final Counter refused;
  private final Counter proxyHeaders;
  private final Counter logins;
  private final Counter foreignSenders;
  private final Counter certificates;
  private final Counter signingKeys;
  private final Counter attempts;
  private final Counter tls;
  private final Counter tlsFailures;
  private final Counter delivered;
  private final Counter deferred;
  private final Counter bounced;
  private final Counter expired;
  private final Counter reactions;
  private final Counter notified;
  private final Counter stored;
  private final Counter handedOver;
  private final Counter unsupported;
  private final Counter sorted;
  private final Counter forwarded;
  private final Counter autoReplied;
  private final Counter notEncrypted;
  private final Counter directives;
  private final Counter directed;
  private final Counter deadLettered;
  private final Counter replayed;
  private final Counter replays;
  private final Counter bugs;
  private final Counter dependencies;
  private final Counter services;
  private final Counter stress;

  EventCounters(Metrics metrics) {
    accepted = metrics.counter("mail_accepted_total", "Messages that became ours.", "to");
    refused = metrics.counter("mail_refused_total", "Refusals.", "stage", "check", "reply");
    proxyHeaders =
        metrics.counter(
            "mail_proxy_headers_refused_total", "Connections of proxies without a PROXY header.");
    foreignSenders =
        metrics.counter("edge_foreign_senders_total", "Senders that were not the user's own.");
    logins = metrics.counter("edge_logins_total", "Logins tried.", "result", "mechanism");
    certificates =
        metrics.counter(
            "mail_certificates_reloaded_total", "Changes of our certificates.", "taken");
    signingKeys =
        metrics.counter(
            "mail_signing_keys_seen_total", "Keys that are new, weak or cannot be used.", "state");
    attempts =
        metrics.counter(
            "mail_attempts_total", "Talks to an MX host's address.", "result", "family");
    tls = metrics.counter("mail_attempts_tls_total", "Attempts by their protection.", "tls");
    tlsFailures =
        metrics.counter(
            "mail_tls_failures_total", "Connections whose TLS fell short, RFC 8460.", "type");
    delivered = metrics.counter("mail_delivered_total", "Recipients other hosts took.");
    deferred = metrics.counter("mail_deferred_total", "Recipients to be tried again.", "scope");
    bounced = metrics.counter("mail_bounced_total", "Recipients that failed for good.", "scope");
    expired = metrics.counter("mail_expired_total", "Recipients given up after too long.");
    reactions =
        metrics.counter(
            "mail_reactions_total", "Refusals that the table of reactions knows.", "action");
    notified =
        metrics.counter(
            "mail_notified_total", "DSNs to senders that tell of no failure.", "action");
    stored = metrics.counter("mail_stored_total", "Messages in mailboxes.", "again");
    handedOver =
        metrics.counter(
            "mail_handed_over_total", "Messages that WildDuck took by LMTP.", "why", "again");
    unsupported =
        metrics.counter(
            "mail_unsupported_total", "Stored for users who have what we do not know.", "what");
    sorted = metrics.counter("mail_sorted_total", "Messages that users' rules decided on.", "to");
    forwarded =
        metrics.counter("mail_forwarded_total", "Messages to go on to somebody else.", "result");
    autoReplied = metrics.counter("mail_auto_replied_total", "Answers of users who are away.");
    notEncrypted =
        metrics.counter(
            "mail_not_encrypted_total", "Stored readable, against the wish of their users.");
    directives = metrics.counter("mail_directives_total", "Directives that operators gave.", "act");
    directed = metrics.counter("mail_directed_total", "Messages that a directive touched.", "act");
    deadLettered = metrics.counter("mail_dead_lettered_total", "What we could not handle.");
    replayed = metrics.counter("mail_replayed_total", "Messages put into the queue again.");
    replays = metrics.counter("mail_replays_total", "Steps of operators' replays.", "step");
    bugs = metrics.counter("mail_bugs_total", "Faults of our own.");
    dependencies =
        metrics.counter(
            "mail_dependency_changes_total", "What we need went or came.", "dependency", "to");
    services = metrics.counter("mail_service_changes_total", "Parts of this process.", "to");
    stress = metrics.counter("mail_stress_changes_total", "Clients are hurried, or not.", "to");
  }

  void count(MailEvent event) {
    child(event).inc();
    if (event instanceof Attempted attempted) attempted.tls().ifPresent(this::count);
  }

  private void count(TlsReport report) {
    tls.labels(label(report.use().state())).inc();
    if (!report.reused())
      report.use().shortfall().ifPresent(s -> tlsFailures.labels(s.type().toString()).inc());
  }

  private Counter.Child child(MailEvent event) {
    return switch (event) {
      case Accepted e -> accepted.labels(way(e.envelope().destinations()));
      case Refused e -> refused.labels(label(e.stage()), e.check(), kind(e.reply()));
      case ProxyHeaderRefused _ -> proxyHeaders.labels();
      case ForeignSender _ -> foreignSenders.labels();
      case LoginTried e -> logins.labels(label(e.result()), label(e.mechanism()));
      case CertificatesReloaded e -> certificates.labels(String.valueOf(e.problem().isEmpty()));
      case SigningKeySeen e -> signingKeys.labels(label(e.state()));
      case Attempted e -> attempts.labels(label(e.result()), label(e.mx().family()));
      case Delivered _ -> delivered.labels();
      case Deferred e -> deferred.labels(label(e.scope()));
      case Bounced e -> bounced.labels(label(e.scope()));
      case Expired _ -> expired.labels();
      case Reacted e -> reactions.labels(label(e.action()));
      case Notified e -> notified.labels(label(e.action()));
      case Stored e -> stored.labels(String.valueOf(e.again()));
      case HandedOver e -> handedOver.labels(first(e.why()), String.valueOf(e.again()));
      case Unsupported e -> unsupported.labels(first(e.what()));
      case Sorted e -> sorted.labels(label(e.to()));
      case Forwarded e -> forwarded.labels(label(e.result()));
      case AutoReplied _ -> autoReplied.labels();
      case NotEncrypted _ -> notEncrypted.labels();
      case DirectiveGiven e -> directives.labels(label(e.act().kind()));
      case Directed e -> directed.labels(label(e.act().kind()));
      case DeadLettered _ -> deadLettered.labels();
      case Replayed _ -> replayed.labels();
      case ReplayChanged e -> replays.labels(label(e.step()));
      case Bug _ -> bugs.labels();
      case DependencyDown e -> dependencies.labels(label(e.dependency()), "down");
      case DependencyUp e -> dependencies.labels(label(e.dependency()), "up");
      case Configured _ -> services.labels("configured");
      case ServiceStarted _ -> services.labels("started");
      case ServiceStopped e -> services.labels(e.drained() ? "stopped" : "cut_short");
      case ServiceFailed _ -> services.labels("failed");
      case Stress e -> stress.labels(e.begins() ? "begun" : "ended");
    };
  }

  private static String way(List<Destination> destinations) {
    if (destinations.size() > 1) return "split";
    return switch (destinations.getFirst()) {
      case Destination.Local _, Destination.Forwarded _ -> "local";
      case Destination.Remote _ -> "remote";
    };
  }

  /// A message is counted once, whatever its user has.
  private static String first(Set<MissingFeature> features) {
    return features.stream().sorted().findFirst().map(Metrics::label).orElse("all_mail");
  }

  private static String kind(Reply reply) {
    return reply.isPermanent() ? "5xx" : "4xx";
  }
}
