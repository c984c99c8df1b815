package io.posthouse.telemetry;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.config.Setting;
import io.posthouse.directive.Act;
import io.posthouse.directory.UserId;
import io.posthouse.message.Client;
import io.posthouse.message.Content;
import io.posthouse.message.Destination;
import io.posthouse.message.Endpoint;
import io.posthouse.message.Envelope;
import io.posthouse.message.MailParameters;
import io.posthouse.message.Octets;
import io.posthouse.message.Passage;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.TlsFacts;
import io.posthouse.outcome.Action;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import io.posthouse.smtp.SaslMechanism;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One event of each case, as the runbook shows it.
final class EventSamples {
  static final Instant AT = Instant.parse("2026-03-02T08:14:07.412Z");
  static final QueueId ID = new QueueId("09ymq0x4cg0000g");
  static final QueueId DSN = new QueueId("09ymq1a7w40000h");

  private static final MailAddress ALICE = MailAddress.of("alice@example.test");
  private static final MailAddress BOB = MailAddress.of("bob@example.net");
  private static final UserId USER = new UserId("65f0c0ffee65f0c0ffee0001");
  private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
  private static final Passage OVER_TLS =
      new Passage(
          Optional.of(
              new TlsFacts(
                  "TLSv1.3",
                  "TLS_AES_128_GCM_SHA256",
                  Optional.of("smtp.example.test"),
                  Optional.of("CN=laptop"))),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final Passage THROUGH_A_PROXY =
      new Passage(
          Optional.empty(),
          Optional.of("mail.example.org"),
          Optional.of(new Endpoint(InetAddress.ofLiteral("198.51.100.9"), 51_000)),
          Optional.of("7f00c0de"),
          Optional.of(
              "addr=203.0.113.5 port=40112 proto=ESMTP helo=laptop ident=4XyZ source=REMOTE"));
  private static final MxHost MX =
      new MxHost("mx1.example.net", InetAddress.ofLiteral("2001:db8::25"), 25);
  private static final Evidence FULL =
      new Evidence.Replied(MX, Reply.of(452, "4.2.2", "Mailbox full"));
  private static final Evidence GONE =
      new Evidence.Replied(MX, Reply.of(550, "5.1.1", "No such user"));
  private static final Evidence TAKEN =
      new Evidence.Replied(MX, Reply.of(250, "2.0.0", "Ok: queued as 4XyZ"));
  private static final Evidence SILENT =
      new Evidence.Observed(EnhancedStatus.of("4.4.1"), "no answer from mx1.example.net");

  private EventSamples() {}

  static List<MailEvent> all() {
    return List.of(
        new MailEvent.Accepted(
            envelope(),
            Optional.of("<1@example.test>"),
            List.of(
                Checked.passed("login"),
                Checked.passed("size"),
                Checked.observed("ownership", Reply.of(553, "5.7.1", "<x> is no address of yours")),
                Checked.passed("relay").of(BOB))),
        new MailEvent.Refused(
            Stage.RCPT,
            "recipient",
            Reply.of(550, "5.1.1", "No such user here"),
            new MailEvent.Peer(CLIENT, "mail.example.org", "mx", THROUGH_A_PROXY),
            Optional.of(new ReversePath.Null()),
            Optional.of(MailAddress.of("nobody@example.test"))),
        new MailEvent.ProxyHeaderRefused(
            InetAddress.ofLiteral("198.51.100.9"), "mx", "no header in time"),
        new MailEvent.LoginTried(
            LoginResult.UNAVAILABLE,
            SaslMechanism.PLAIN,
            new MailEvent.Peer(CLIENT, "laptop", "submission"),
            "alice@example.test",
            Optional.of("k7q2m4xa"),
            Optional.of("MongoDB: no answer within 4000 ms")),
        new MailEvent.ForeignSender(Optional.of(ID), "alice@example.test", BOB, CLIENT),
        new MailEvent.CertificatesReloaded(
            Optional.of("tls: /etc/posthouse/key.pem: the key is encrypted")),
        new MailEvent.SigningKeySeen(
            "example.test",
            "s2026",
            SigningKeyState.UNUSABLE,
            Optional.of("encrypted, and there is no dkim.directory_secret")),
        new MailEvent.Attempted(
            ID,
            MX,
            3,
            Result.REFUSED,
            "452 4.2.2 Mailbox full",
            Optional.of(
                new TlsReport(
                    new Domain("example.net"),
                    "mta-sts",
                    new TlsUse(
                        TlsState.ENCRYPTED,
                        Optional.of(TlsFacts.of("TLSv1.3", "TLS_AES_128_GCM_SHA256")),
                        Optional.of(
                            new TlsUse.Shortfall(
                                TlsFailure.CERTIFICATE_HOST_MISMATCH,
                                "certificate for elsewhere.example (expected: mx1.example.net)"))),
                    false)),
            millis(38),
            millis(150)),
        new MailEvent.Delivered(ID, BOB, TAKEN, 4, millis(212)),
        new MailEvent.Deferred(ID, BOB, Scope.RECIPIENT, FULL, 3, AT.plusSeconds(1800)),
        new MailEvent.Bounced(ID, BOB, Scope.RECIPIENT, GONE, 1, Optional.of(DSN)),
        new MailEvent.Expired(ID, BOB, SILENT, 42, Optional.of(DSN)),
        new MailEvent.Reacted(
            ID, MX, "too-many-connections", ReactionKind.SLOW, "421 4.7.0 Too many connections"),
        new MailEvent.Notified(ID, Action.DELAYED, List.of(BOB), DSN),
        new MailEvent.Stored(ID, USER, "INBOX", 17, 2345, false, Duration.ofMillis(9)),
        new MailEvent.HandedOver(
            ID, USER, Set.of(MissingFeature.AUDIT), "250 2.0.0 Ok", 2345, false, millis(62)),
        new MailEvent.Unsupported(
            ID, USER, Set.of(MissingFeature.HTTP_TARGET, MissingFeature.AUDIT)),
        new MailEvent.Sorted(ID, USER, SortedTo.JUNK, List.of("65f0c0ffee65f0c0ffee0009")),
        new MailEvent.Forwarded(ID, "robert@example.net", ForwardResult.SENT, Optional.of(DSN)),
        new MailEvent.AutoReplied(ID, Optional.of(USER), BOB, DSN),
        new MailEvent.DirectiveGiven(
            "bounce-09ymq0x4cg0000h",
            new Act.Bounce(),
            "sender spammer@example.org",
            Optional.of(Instant.parse("2026-03-02T20:00:00Z")),
            "olga",
            "sent without consent"),
        new MailEvent.Directed(
            ID,
            List.of(MailAddress.of("bob@example.net")),
            new Act.Bounce(),
            "bounce-09ymq0x4cg0000h",
            "olga",
            "sent without consent"),
        new MailEvent.NotEncrypted(ID, USER, "OpenPGP: there is no public key"),
        new MailEvent.DeadLettered(
            Optional.of(ID), new RecordPosition("posthouse.local", 7, 1234), "no MIME part 1.2"),
        new MailEvent.Replayed(
            ID, "09ymq1b7sg0000g", new RecordPosition("posthouse.local", 7, 1234), List.of(BOB)),
        new MailEvent.ReplayChanged(
            "09ymq1b7sg0000g",
            ReplayStep.BEGUN,
            "local from 2026-03-01T00:00:00Z to 2026-03-02T08:14:00Z, everything",
            "olga",
            Optional.of("the database was restored"),
            0),
        new MailEvent.Bug(Optional.of(ID), "delivery", bug()),
        new MailEvent.DependencyDown(Dependency.KAFKA, "no broker answers at kafka-1:9092"),
        new MailEvent.DependencyUp(Dependency.KAFKA, Duration.ofSeconds(95)),
        new MailEvent.Configured(
            List.of(new Setting("node.id", "letters", "edge-1", "edge-1", "default", ""))),
        new MailEvent.ServiceStarted("smtp mx 0.0.0.0:25", millis(41)),
        new MailEvent.ServiceStopped("smtp mx 0.0.0.0:25", true, millis(1204)),
        new MailEvent.ServiceFailed(
            "http 127.0.0.1:9400", "http 127.0.0.1:9400: Address already in use"),
        new MailEvent.Stress(true, 83));
  }

  private static Envelope envelope() {
    var bob = new Recipient(BOB, new Destination.Remote(new Domain("example.net")));
    var client =
        new Client(
            CLIENT,
            40112,
            "laptop",
            "ESMTPSA",
            "submission",
            "edge-1",
            Optional.of("alice"),
            OVER_TLS);
    return Envelope.accepted(
        ID,
        new ReversePath.Sender(ALICE),
        Optional.of(new Destination.Local(USER)),
        List.of(bob),
        MailParameters.NONE,
        client,
        AT,
        Octets.utf8("Received: by us\r\n"),
        new Content.Inline(Octets.utf8("Subject: hello\r\n\r\nhello\r\n")));
  }

  /// Without a stack trace, which differs from run to run.
  private static RuntimeException bug() {
    var bug = new IllegalStateException("no session");
    bug.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("io.posthouse.delivery.Attempt", "run", "Attempt.java", 42)
        });
    return bug;
  }

  private static Duration millis(int n) {
    return Duration.ofMillis(n);
  }
}
