package io.posthouse.telemetry;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.config.Setting;
import io.posthouse.directive.Act;
import io.posthouse.directory.UserId;
import io.posthouse.message.Envelope;
import io.posthouse.message.Passage;
import io.posthouse.message.QueueId;
import io.posthouse.message.RecordPosition;
import io.posthouse.outcome.Action;
import io.posthouse.outcome.Evidence;
import io.posthouse.outcome.MxHost;
import io.posthouse.outcome.Scope;
import io.posthouse.smtp.Reply;
import io.posthouse.smtp.SaslMechanism;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whatever an operator may see. Each case is described in `ops/runbooks/events.md`, with its line.
public sealed interface MailEvent {

  /// The message it is about, where it is about one.
  default Optional<QueueId> about() {
    return Optional.empty();
  }

  /// A case that is always about a message.
  sealed interface OfMessage extends MailEvent {
    QueueId queueId();

    @Override
    default Optional<QueueId> about() {
      return Optional.of(queueId());
    }
  }

  /// What became of a message, for some of its recipients at least. Durable before the message is
  /// forgotten: a replay asks who has got what, and an operator what happened.
  sealed interface Outcome extends OfMessage {}

  /// A message became ours: the client has, or is about to get, its 250.
  ///
  /// @param messageId the header field, for those who search by it
  /// @param checks what our checks had to say; none for messages of our own making
  record Accepted(Envelope envelope, Optional<String> messageId, List<Checked> checks)
      implements OfMessage {
    public Accepted {
      checks = List.copyOf(checks);
    }

    /// Nobody has checked it.
    public Accepted(Envelope envelope, Optional<String> messageId) {
      this(envelope, messageId, List.of());
    }

    /// The same, checked.
    public Accepted with(List<Checked> said) {
      return new Accepted(envelope, messageId, said);
    }

    @Override
    public QueueId queueId() {
      return envelope.queueId();
    }
  }

  /// A client was told no, for now or for good.
  ///
  /// @param check which of our checks said so; its name comes from us or from the settings, never
  ///   from a client
  /// @param to the recipient, if one was refused rather than the message
  record Refused(
      Stage stage,
      String check,
      Reply reply,
      Peer peer,
      Optional<ReversePath> from,
      Optional<MailAddress> to)
      implements MailEvent {
    public Refused {
      Checked.requireName(check);
    }
  }

  /// Somebody tried to log in. What they proved it with is never told.
  ///
  /// @param user who they said they are, or who they are if that is all we know; empty if neither
  /// @param incident what a client was told where we could not find out, and `why` we could not
  record LoginTried(
      LoginResult result,
      SaslMechanism mechanism,
      Peer peer,
      String user,
      Optional<String> incident,
      Optional<String> why)
      implements MailEvent {}

  /// A user sent as somebody else, and was let.
  ///
  /// @param about the message whose author that is; empty where it is the reverse-path
  record ForeignSender(Optional<QueueId> about, String user, MailAddress sender, InetAddress client)
      implements MailEvent {}

  /// Who is at the other end of a session.
  ///
  /// @param address the client's own, also where a proxy stands between us
  record Peer(InetAddress address, String helo, String listener, Passage passage) {
    /// Somebody of whom no more is known.
    public Peer(InetAddress address, String helo, String listener) {
      this(address, helo, listener, Passage.DIRECT);
    }
  }

  /// A proxy did not say whose connection it brings, so we hung up without a word.
  record ProxyHeaderRefused(InetAddress proxy, String listener, String why) implements MailEvent {}

  /// The files of our certificates have changed.
  ///
  /// @param problem why we keep those we had, if we do
  record CertificatesReloaded(Optional<String> problem) implements MailEvent {}

  /// There is something to know of a key that signs mail.
  ///
  /// @param domain whose key it is; `*` for any domain of ours
  /// @param why it is weak, or cannot be used
  record SigningKeySeen(String domain, String selector, SigningKeyState state, Optional<String> why)
      implements MailEvent {}

  /// We talked to one address of an MX host, or could not.
  ///
  /// @param attempt which attempt of the message this is part of, from 1
  /// @param said what decided it: a reply, or what we saw
  /// @param tls how well it was protected; empty where nobody got so far
  /// @param connect until we were connected, or gave up
  /// @param took the whole of it
  record Attempted(
      QueueId queueId,
      MxHost mx,
      int attempt,
      Result result,
      String said,
      Optional<TlsReport> tls,
      Duration connect,
      Duration took)
      implements OfMessage {}

  /// Another host took the message for this recipient, which is its business from now on.
  record Delivered(QueueId queueId, MailAddress to, Evidence evidence, int attempt, Duration took)
      implements Outcome {}

  /// It did not work; it is tried again.
  record Deferred(
      QueueId queueId, MailAddress to, Scope scope, Evidence evidence, int attempt, Instant retryAt)
      implements Outcome {}

  /// It will not work.
  ///
  /// @param dsn the message that says so to the sender; none for the null reverse-path
  record Bounced(
      QueueId queueId,
      MailAddress to,
      Scope scope,
      Evidence evidence,
      int attempt,
      Optional<QueueId> dsn)
      implements Outcome {}

  /// It might have worked, but not in the time a message is given.
  ///
  /// @param dsn the message that says so to the sender; none for the null reverse-path
  record Expired(QueueId queueId, MailAddress to, Evidence last, int attempt, Optional<QueueId> dsn)
      implements Outcome {}

  /// A host refused something in words that the table of reactions knows.
  ///
  /// @param rule the name of the reaction; from us or from the settings, never from a host
  record Reacted(QueueId queueId, MxHost mx, String rule, ReactionKind action, String reply)
      implements OfMessage {}

  /// The sender was told what became of some recipients, beside those that failed.
  ///
  /// @param dsn the message that says so
  record Notified(QueueId queueId, Action action, List<MailAddress> recipients, QueueId dsn)
      implements OfMessage {
    public Notified {
      recipients = List.copyOf(recipients);
    }
  }

  /// The message lies in a user's mailbox.
  ///
  /// @param again it did already, so nothing was changed
  /// @param took how long MongoDB took for the batch it was part of
  record Stored(
      QueueId queueId,
      UserId user,
      String mailbox,
      long uid,
      long size,
      boolean again,
      Duration took)
      implements Outcome {}

  /// WildDuck took the message by LMTP: the mailbox is its business.
  ///
  /// @param why what the user has that we do not know; empty where all mail is handed over
  /// @param said the reply that took it; when `again`, what we know it by
  /// @param again it was handed over before, so nothing was done
  record HandedOver(
      QueueId queueId,
      UserId user,
      Set<MissingFeature> why,
      String said,
      long size,
      boolean again,
      Duration took)
      implements Outcome {
    public HandedOver {
      why = Set.copyOf(why);
    }
  }

  /// A message was stored for a user who has something that we do not know.
  record Unsupported(QueueId queueId, UserId user, Set<MissingFeature> what) implements OfMessage {
    public Unsupported {
      what = Set.copyOf(what);
      if (what.isEmpty())
        throw new IllegalArgumentException("unsupported: nothing (expected: at least one)");
    }
  }

  /// A user's rules had a say in what becomes of a message.
  ///
  /// @param by what decided: ids of filters, `block:TAG:ID` or `allow:TAG:ID`, a score
  record Sorted(QueueId queueId, UserId user, SortedTo to, List<String> by) implements Outcome {
    public Sorted {
      by = List.copyOf(by);
    }
  }

  /// A message was to go on to a target of its user, or of an address that no user has.
  ///
  /// @param forward the message that went; empty where none did
  record Forwarded(QueueId queueId, String target, ForwardResult result, Optional<QueueId> forward)
      implements OfMessage {}

  /// A user who is away has answered a message, or an address that no user has.
  ///
  /// @param user empty for such an address
  record AutoReplied(QueueId queueId, Optional<UserId> user, MailAddress to, QueueId reply)
      implements OfMessage {}

  /// It is stored readable though its user wants it encrypted, as the operator decided for keys
  /// that do not work.
  record NotEncrypted(QueueId queueId, UserId user, String why) implements OfMessage {}

  /// An operator gave a directive.
  ///
  /// @param filter which messages it is about, as the operator said
  /// @param until up to when it touches what arrives; empty where it is about what is there
  record DirectiveGiven(
      String directive,
      Act act,
      String filter,
      Optional<Instant> until,
      String operator,
      String reason)
      implements MailEvent {}

  /// A directive touched a message, for these recipients; once.
  record Directed(
      QueueId queueId,
      List<MailAddress> to,
      Act act,
      String directive,
      String operator,
      String reason)
      implements Outcome {
    public Directed {
      to = List.copyOf(to);
    }
  }

  /// We cannot handle it; an operator finds it in the dead letters.
  record DeadLettered(Optional<QueueId> about, RecordPosition record, String why)
      implements MailEvent {}

  /// An operator has put a message into the queue again.
  ///
  /// @param replay the name of the replay it is part of
  /// @param from where in the log it was
  record Replayed(QueueId queueId, String replay, RecordPosition from, List<MailAddress> to)
      implements OfMessage {
    public Replayed {
      to = List.copyOf(to);
    }
  }

  /// An operator replays a part of the log.
  ///
  /// @param replay its name
  /// @param what it reads, in words
  /// @param messages put into the queue by it so far
  record ReplayChanged(
      String replay,
      ReplayStep step,
      String what,
      String operator,
      Optional<String> reason,
      long messages)
      implements MailEvent {}

  /// Something is wrong with us, and nobody else pays for it: the message, if there is one, waits.
  ///
  /// @param doing what we were at
  record Bug(Optional<QueueId> about, String doing, Throwable cause) implements MailEvent {}

  /// Something we need does not answer. Recorded once, not once for each who notices.
  record DependencyDown(Dependency dependency, String why) implements MailEvent {}

  /// It answers again.
  record DependencyUp(Dependency dependency, Duration downFor) implements MailEvent {}

  /// A process starts, with these settings.
  record Configured(List<Setting> effective) implements MailEvent {
    public Configured {
      effective = List.copyOf(effective);
    }
  }

  /// A part of the process works.
  record ServiceStarted(String service, Duration took) implements MailEvent {}

  /// A part of the process has ended.
  ///
  /// @param drained it had finished all it held; if not, that is done again after a restart
  record ServiceStopped(String service, boolean drained, Duration took) implements MailEvent {}

  /// A part of the process could not start or stop as it should.
  record ServiceFailed(String service, String why) implements MailEvent {}

  /// An edge has begun, or ceased, to hurry its clients, as its sessions or its memory run out.
  ///
  /// @param percent of them that are taken
  record Stress(boolean begins, int percent) implements MailEvent {}
}
