package io.posthouse.telemetry;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directive.Act;
import io.posthouse.message.Passage;
import io.posthouse.message.QueueId;
import io.posthouse.message.TlsFacts;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.MxHost;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An event as one line of JSON: `at`, `node`, `event` and `queue_id` first, then what its case
/// holds. Neither content nor credentials are ever among it.
final class EventLines {
  private final InstantSource clock;
  private final String node;

  EventLines(InstantSource clock, String node) {
    this.clock = clock;
    this.node = node;
  }

  String line(MailEvent event) {
    var line =
        switch (event) {
          case Accepted e -> accepted(e);
          case Refused e -> refused(e);
          case ProxyHeaderRefused e ->
              begin("proxy_header_refused", e)
                  .text("proxy", e.proxy().getHostAddress())
                  .text("listener", e.listener())
                  .text("why", e.why());
          case LoginTried e -> loginTried(e);
          case ForeignSender e ->
              begin("foreign_sender", e)
                  .text("user", e.user())
                  .text("sender", e.sender().toString())
                  .text("client", e.client().getHostAddress());
          case CertificatesReloaded e -> certificates(e);
          case SigningKeySeen e -> signingKey(e);
          case Attempted e -> attempted(e);
          case Delivered e -> delivered(e);
          case Deferred e -> deferred(e);
          case Bounced e -> bounced(e);
          case Expired e -> expired(e);
          case Reacted e ->
              host(begin("reacted", e), e.mx())
                  .text("rule", e.rule())
                  .word("action", e.action())
                  .text("reply", e.reply());
          case Notified e -> notified(e);
          case Stored e -> stored(e);
          case HandedOver e -> handedOver(e);
          case Unsupported e ->
              begin("unsupported", e).text("user", e.user().hex()).texts("what", words(e.what()));
          case Sorted e ->
              begin("sorted", e)
                  .text("user", e.user().hex())
                  .word("to", e.to())
                  .texts("by", e.by());
          case Forwarded e -> forwarded(e);
          case AutoReplied e -> autoReplied(e);
          case NotEncrypted e ->
              begin("not_encrypted", e).text("user", e.user().hex()).text("why", e.why());
          case DirectiveGiven e -> directiveGiven(e);
          case Directed e ->
              act(
                      begin("directed", e)
                          .texts("to", e.to().stream().map(MailAddress::toString).toList()),
                      e.act())
                  .text("directive", e.directive())
                  .text("operator", e.operator())
                  .text("reason", e.reason());
          case DeadLettered e ->
              begin("dead_lettered", e).text("record", e.record().toString()).text("why", e.why());
          case Replayed e ->
              begin("replayed", e)
                  .text("replay", e.replay())
                  .text("from", e.from().toString())
                  .texts("to", e.to().stream().map(MailAddress::toString).toList());
          case ReplayChanged e -> replayChanged(e);
          case Bug e -> Faults.describe(begin("bug", e).text("doing", e.doing()), e.cause());
          case DependencyDown e ->
              begin("dependency_down", e).word("dependency", e.dependency()).text("why", e.why());
          case DependencyUp e ->
              begin("dependency_up", e)
                  .word("dependency", e.dependency())
                  .millis("down_ms", e.downFor());
          case Configured e -> configured(e);
          case ServiceStarted e ->
              begin("service_started", e).text("service", e.service()).millis("took_ms", e.took());
          case ServiceStopped e ->
              begin("service_stopped", e)
                  .text("service", e.service())
                  .truth("drained", e.drained())
                  .millis("took_ms", e.took());
          case ServiceFailed e ->
              begin("service_failed", e).text("service", e.service()).text("why", e.why());
          case Stress e ->
              begin("stress", e).truth("begins", e.begins()).number("percent", e.percent());
        };
    return line.end();
  }

  private JsonLine directiveGiven(DirectiveGiven e) {
    var line =
        act(begin("directive_given", e), e.act())
            .text("directive", e.directive())
            .text("filter", e.filter());
    e.until().ifPresent(end -> line.text("until", end.toString()));
    return line.text("operator", e.operator()).text("reason", e.reason());
  }

  private static JsonLine act(JsonLine line, Act act) {
    line.word("act", act.kind());
    return act instanceof Act.Reroute(var to) ? line.text("next_hop", to.toString()) : line;
  }

  private JsonLine accepted(Accepted e) {
    var envelope = e.envelope();
    var client = envelope.client();
    var line = begin("accepted", e);
    e.messageId().ifPresent(id -> line.text("message_id", id));
    line.text("from", from(envelope.reversePath()))
        .texts("to", envelope.recipients().stream().map(r -> r.address().toString()).toList())
        .number("recipients", envelope.recipients().size())
        .number("size", envelope.size())
        .text("client", client.address().getHostAddress())
        .text("helo", client.helo())
        .text("protocol", client.protocol())
        .text("listener", client.listener());
    client.user().ifPresent(user -> line.text("user", user));
    passage(line, client.passage());
    return e.checks().isEmpty()
        ? line
        : line.texts("checks", e.checks().stream().map(Checked::toString).toList());
  }

  private JsonLine refused(Refused e) {
    var line =
        begin("refused", e)
            .word("stage", e.stage())
            .text("check", e.check())
            .text("reply", e.reply().toString())
            .text("client", e.peer().address().getHostAddress())
            .text("helo", e.peer().helo())
            .text("listener", e.peer().listener());
    e.from().ifPresent(path -> line.text("from", from(path)));
    e.to().ifPresent(to -> line.text("to", to.toString()));
    return passage(line, e.peer().passage());
  }

  private JsonLine loginTried(LoginTried e) {
    var line =
        begin("login_tried", e)
            .word("result", e.result())
            .text("mechanism", e.mechanism().wireName())
            .text("user", e.user())
            .text("client", e.peer().address().getHostAddress())
            .text("helo", e.peer().helo())
            .text("listener", e.peer().listener());
    e.incident().ifPresent(incident -> line.text("incident", incident));
    e.why().ifPresent(why -> line.text("why", why));
    return passage(line, e.peer().passage());
  }

  private JsonLine signingKey(SigningKeySeen e) {
    var line =
        begin("signing_key_seen", e)
            .text("domain", e.domain())
            .text("selector", e.selector())
            .word("state", e.state());
    e.why().ifPresent(why -> line.text("why", why));
    return line;
  }

  private JsonLine certificates(CertificatesReloaded e) {
    var line = begin("certificates_reloaded", e).truth("taken", e.problem().isEmpty());
    e.problem().ifPresent(why -> line.text("why", why));
    return line;
  }

  private JsonLine attempted(Attempted e) {
    var line =
        host(begin("attempted", e), e.mx())
            .number("attempt", e.attempt())
            .word("result", e.result())
            .text("said", e.said());
    e.tls().ifPresent(report -> tls(line, report));
    return line.millis("connect_ms", e.connect()).millis("took_ms", e.took());
  }

  private static void tls(JsonLine line, TlsReport report) {
    var use = report.use();
    use.facts().ifPresent(facts -> line.text("tls", facts.toString()));
    line.word("tls_state", use.state())
        .text("tls_policy", report.policy())
        .text("domain", report.domain().name())
        .truth("reused", report.reused());
    use.shortfall()
        .ifPresent(found ->
            line.text("tls_failure", found.type().toString()).text("tls_why", found.why()));
  }

  private JsonLine delivered(Delivered e) {
    return evidence(begin("delivered", e), e.to(), e.evidence())
        .number("attempt", e.attempt())
        .millis("took_ms", e.took());
  }

  private JsonLine deferred(Deferred e) {
    return evidence(begin("deferred", e), e.to(), e.evidence())
        .word("scope", e.scope())
        .number("attempt", e.attempt())
        .text("retry_at", Timestamps.format(e.retryAt()));
  }

  private JsonLine bounced(Bounced e) {
    var line =
        evidence(begin("bounced", e), e.to(), e.evidence())
            .word("scope", e.scope())
            .number("attempt", e.attempt());
    return dsn(line, e.dsn());
  }

  private JsonLine expired(Expired e) {
    return dsn(
        evidence(begin("expired", e), e.to(), e.last()).number("attempt", e.attempt()), e.dsn());
  }

  private JsonLine notified(Notified e) {
    return begin("notified", e)
        .word("action", e.action())
        .texts("to", e.recipients().stream().map(MailAddress::toString).toList())
        .text("dsn", e.dsn().text());
  }

  private JsonLine stored(Stored e) {
    return begin("stored", e)
        .text("user", e.user().hex())
        .text("mailbox", e.mailbox())
        .number("uid", e.uid())
        .number("size", e.size())
        .truth("again", e.again())
        .millis("took_ms", e.took());
  }

  private JsonLine handedOver(HandedOver e) {
    return begin("handed_over", e)
        .text("user", e.user().hex())
        .texts("why", words(e.why()))
        .text("said", e.said())
        .number("size", e.size())
        .truth("again", e.again())
        .millis("took_ms", e.took());
  }

  private JsonLine autoReplied(AutoReplied e) {
    var line = begin("auto_replied", e);
    e.user().ifPresent(user -> line.text("user", user.hex()));
    return line.text("to", e.to().toString()).text("reply", e.reply().text());
  }

  private JsonLine forwarded(Forwarded e) {
    var line = begin("forwarded", e).text("target", e.target()).word("result", e.result());
    e.forward().ifPresent(id -> line.text("forward", id.text()));
    return line;
  }

  private JsonLine replayChanged(ReplayChanged e) {
    var line =
        begin("replay_changed", e)
            .text("replay", e.replay())
            .word("step", e.step())
            .text("what", e.what())
            .text("operator", e.operator());
    e.reason().ifPresent(reason -> line.text("reason", reason));
    return line.number("messages", e.messages());
  }

  private JsonLine configured(Configured e) {
    var line = begin("configured", e).open("settings");
    e.effective().forEach(setting -> line.text(setting.key(), setting.effective()));
    return line.close();
  }

  private JsonLine begin(String name, MailEvent event) {
    var line =
        new JsonLine()
            .text("at", Timestamps.format(clock.instant()))
            .text("node", node)
            .text("event", name);
    event.about().ifPresent(id -> line.text("queue_id", id.text()));
    return line;
  }

  private static JsonLine evidence(JsonLine line, MailAddress to, Evidence evidence) {
    line.text("to", to.toString());
    return switch (evidence) {
      case Evidence.Replied(var mx, var reply) -> host(line, mx).text("reply", reply.toString());
      case Evidence.Observed(var status, var what) ->
          line.text("status", status.toString()).text("observed", what);
    };
  }

  private static JsonLine host(JsonLine line, MxHost mx) {
    return line.text("mx", mx.name())
        .text("address", mx.address().getHostAddress())
        .word("family", mx.family());
  }

  private static JsonLine dsn(JsonLine line, Optional<QueueId> dsn) {
    dsn.ifPresent(id -> line.text("dsn", id.text()));
    return line;
  }

  private static JsonLine passage(JsonLine line, Passage passage) {
    passage.tls().ifPresent(tls -> tls(line, tls));
    passage.name().ifPresent(name -> line.text("client_name", name));
    passage.proxy().ifPresent(proxy -> line.text("proxy", proxy.address().getHostAddress()));
    passage.connectionId().ifPresent(id -> line.text("connection_id", id));
    passage.forwarded().ifPresent(from -> line.text("forwarded", from));
    return line;
  }

  private static void tls(JsonLine line, TlsFacts tls) {
    line.text("tls", (tls.version() + " " + tls.cipher()).strip());
    tls.serverName().ifPresent(name -> line.text("sni", name));
    tls.clientSubject().ifPresent(subject -> line.text("client_certificate", subject));
  }

  private static List<String> words(Set<MissingFeature> features) {
    return features.stream().sorted().map(Metrics::label).toList();
  }

  private static String from(ReversePath path) {
    return path.sender().map(MailAddress::toString).orElse("<>");
  }
}
