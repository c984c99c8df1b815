package io.posthouse.edge.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.address.ForwardPath;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Account;
import io.posthouse.directory.UserId;
import io.posthouse.edge.sasl.Answer;
import io.posthouse.edge.sasl.Claim;
import io.posthouse.edge.sasl.ScramExample;
import io.posthouse.message.Destination;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.smtp.Command.Ehlo;
import io.posthouse.smtp.Command.Helo;
import io.posthouse.smtp.Command.Lhlo;
import io.posthouse.smtp.CommandParser;
import io.posthouse.smtp.Reply;
import io.posthouse.smtp.SaslMechanism;
import io.posthouse.telemetry.Checked;
import io.posthouse.telemetry.Stage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A dialogue in the notation of the RFCs, played against a session:
///
/// - `C:` what the client says; in content, all but the dot is passed over, and the octets of a
///   chunk have come with its BDAT;
/// - `S:` how the next reply begins; `S: (closes)` that we hang up;
/// - `D:` what the directory answers: `yes`, with the checks that were passed, or the reply it
///   leads to; `welcome`, `wrong`, `unavailable` or `blocked` to a login. Without it, the answer is
///   yes;
/// - `M:` `full`: there is no room in memory;
/// - `Q:` what the queue answers: `queued` or `refused`;
/// - `!:` what else happens: `silence`, `stop`, `too big`, `bare newline`.
final class Dialogue {
  static final QueueId QUEUE_ID = new QueueId("0123456789abcde");
  private static final LoginRules LOGIN =
      new LoginRules(
          List.of(
              SaslMechanism.PLAIN,
              SaslMechanism.LOGIN,
              SaslMechanism.SCRAM_SHA_256,
              SaslMechanism.XOAUTH2,
              SaslMechanism.OAUTHBEARER),
          3);
  private static final Account ALICE = new Account(new UserId("5".repeat(24)), "alice", 0);

  private final Session session;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Transaction> enqueued = new ArrayList<>();
  private final List<Optional<String>> forwarded = new ArrayList<>();
  private final List<Duration> hesitated = new ArrayList<>();
  private boolean closed;

  private Dialogue(SessionRules rules, Link link) {
    session = new Session(rules, link);
    hear(new Input.Opened());
  }

  static final Patience PATIENCE = new Patience(5, 200, 4, 2, Duration.ofSeconds(1));

  static SessionRules rules(ListenerKind kind) {
    return new SessionRules(kind, "mx.example.net", TlsOffer.OFFERED, 1000, 100, PATIENCE, LOGIN);
  }

  /// Plays `script` on a listener of this kind; every line must come true.
  static Dialogue play(ListenerKind kind, String script) {
    return play(rules(kind), script);
  }

  static Dialogue play(SessionRules rules, String script) {
    var secure = rules.kind() == ListenerKind.SUBMISSIONS;
    return play(rules, secure ? Origins.SECURE : Origins.PLAIN, script);
  }

  static Dialogue play(SessionRules rules, Link link, String script) {
    var dialogue = new Dialogue(rules, link);
    var lines = script.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    for (int i = 0; i < lines.size(); i++) {
      dialogue.answerUnlessScripted(lines.get(i));
      dialogue.play(lines.get(i));
    }
    dialogue.answerUnlessScripted("");
    assertTrue(dialogue.replies.isEmpty(), () -> "also said: " + dialogue.replies);
    return dialogue;
  }

  /// The connection, as it is known at the end.
  Link link() {
    return session.link();
  }

  List<Transaction> enqueued() {
    return enqueued;
  }

  /// Where each message that was enqueued or refused was forwarded from.
  List<Optional<String>> forwarded() {
    return forwarded;
  }

  /// How long each reply was held back that was.
  List<Duration> hesitated() {
    return hesitated;
  }

  private void play(String line) {
    var said = line.substring(2).strip();
    switch (line.charAt(0)) {
      case 'C' -> client(said);
      case 'S' -> expect(said);
      case 'D' -> directory(said);
      case 'M' -> hear(new Input.NoRoom());
      case 'Q' ->
          hear(
              said.equals("queued")
                  ? new Input.Queued(QUEUE_ID)
                  : new Input.NotQueued(Refusals.TRY_AGAIN_LATER));
      case '!' -> event(said);
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void client(String line) {
    switch (session.state()) {
      case SessionState.Listening _ -> hear(new Input.Heard(CommandParser.parse(line)));
      case SessionState.LoggingIn _ -> hear(new Input.AuthLine(line));
      case SessionState.Receiving _ -> {
        if (line.equals(".")) hear(new Input.ContentEnded());
      }
      case SessionState.TakingChunk _, SessionState.Discarding _ ->
          throw new AssertionError(line + " said in a chunk");
      case SessionState.Waiting waiting -> throw new AssertionError(line + " said to " + waiting);
    }
  }

  private void expect(String beginning) {
    if (beginning.equals("(closes)")) {
      assertTrue(closed, "still open");
      return;
    }
    var reply = replies.poll();
    assertNotNull(reply, "said nothing, expected: " + beginning);
    var said = reply.toString();
    assertEquals(beginning, said.substring(0, Math.min(beginning.length(), said.length())));
  }

  private void directory(String answer) {
    switch (session.state()) {
      case SessionState.Vetting _ ->
          hear(
              new Input.SenderVetted(
                  answer.startsWith("yes")
                      ? new SenderVerdict.Welcome(Optional.empty(), passed(answer))
                      : new SenderVerdict.Refused(refusal(answer))));
      case SessionState.Resolving(_, _, var to, _) ->
          hear(
              new Input.RecipientResolved(
                  answer.startsWith("yes")
                      ? new RecipientVerdict.Accepted(recipient(to), passed(answer))
                      : new RecipientVerdict.Refused(refusal(answer))));
      case SessionState.CheckingLogin(_, var claim) ->
          hear(new Input.LoginChecked(answer(claim, answer)));
      case SessionState.Introducing(_, var introduction) ->
          hear(
              answer.equals("yes")
                  ? new Input.Introduced(
                      introduction.login().map(name -> new Account(ALICE.id(), name, 0)))
                  : new Input.NotIntroduced(refusal(answer)));
      case SessionState other -> throw new AssertionError("nobody asked the directory: " + other);
    }
  }

  private void event(String what) {
    switch (what) {
      case "silence" -> hear(new Input.TimedOut("Silent for too long"));
      case "stop" -> hear(new Input.Stop());
      case "too big" -> {
        assertInstanceOf(SessionState.Receiving.class, session.state());
        hear(new Input.ContentRefused(Refusals.TOO_BIG));
      }
      case "bare newline" -> {
        assertInstanceOf(SessionState.TakingChunk.class, session.state());
        hear(new Input.ChunkRefused(Refusals.BARE_NEWLINE));
      }
      case "long line" -> hear(new Input.Unreadable(Refusals.LINE_TOO_LONG));
      case "more behind STARTTLS" -> hear(new Input.SlippedIn());
      default -> throw new IllegalArgumentException(what);
    }
  }

  /// Those who are asked and not in the script say yes, all but the queue.
  private void answerUnlessScripted(String next) {
    switch (session.state()) {
      case SessionState.Vetting _,
          SessionState.Resolving _,
          SessionState.Introducing _,
          SessionState.CheckingLogin _ -> {
        if (!next.startsWith("D:") && !next.startsWith("!:"))
          directory(session.state() instanceof SessionState.CheckingLogin ? "welcome" : "yes");
      }
      case SessionState.TakingChunk _ -> {
        if (!next.equals("!: bare newline")) hear(new Input.ChunkEnded());
      }
      case SessionState.Discarding _ -> hear(new Input.ChunkEnded());
      case SessionState.Opening _, SessionState.OpeningChunk _ -> {
        if (next.startsWith("M:")) return;
        hear(new Input.RoomFound());
        answerUnlessScripted(next);
      }
      case SessionState.Securing _ -> hear(new Input.TlsEstablished(Origins.TLS));
      case SessionState.Arriving _,
          SessionState.Listening _,
          SessionState.Receiving _,
          SessionState.HandingOver _,
          SessionState.LoggingIn _,
          SessionState.Closed _ -> {}
    }
  }

  private void hear(Input input) {
    for (var effect : session.hear(input)) {
      switch (effect) {
        case Effect.Say(var reply) -> say(input, reply);
        case Effect.Refuse(var stage, var refusal, _, _) -> {
          replies.add(refusal.reply());
          if (stage == Stage.CONTENT) forwarded.add(session.linkAsHeard().passage().forwarded());
        }
        case Effect.Enqueue(var peer, var transaction) -> {
          enqueued.add(transaction);
          forwarded.add(peer.link().passage().forwarded());
        }
        case Effect.Close _ -> closed = true;
        case Effect.Hesitate(var time) -> hesitated.add(time);
        case Effect.VetSender _,
            Effect.ResolveRecipient _,
            Effect.CheckLogin _,
            Effect.Introduce _,
            Effect.FindRoom _,
            Effect.ReceiveContent _,
            Effect.BeginChunks _,
            Effect.TakeChunk _,
            Effect.DiscardChunk _,
            Effect.ForgetChunks _,
            Effect.UpgradeToTls _ -> {}
      }
    }
  }

  /// Each reply has an enhanced status but those that RFC 2034 §4 names.
  private void say(Input input, Reply reply) {
    var isHello =
        input instanceof Input.Opened
            || input instanceof Input.Introduced
            || (input instanceof Input.Heard(var command)
                && (command instanceof Ehlo || command instanceof Helo || command instanceof Lhlo));
    assertEquals(isHello || reply.code() / 100 == 3, reply.status().isEmpty(), reply.toString());
    replies.add(reply);
  }

  /// `yes recipient quota`.
  private static List<Checked> passed(String answer) {
    return Stream.of(answer.split(" ")).skip(1).map(Checked::passed).toList();
  }

  private static Recipient recipient(ForwardPath to) {
    var address =
        switch (to) {
          case ForwardPath.Mailbox(var mailbox) -> mailbox;
          case ForwardPath.Postmaster _ -> MailAddress.of("postmaster@example.net");
        };
    return new Recipient(address, new Destination.Remote(new Domain("example.net")));
  }

  /// The user's keys are those of the example of RFC 7677 §3.
  private static Answer answer(Claim claim, String answer) {
    return switch (answer) {
      case "welcome" ->
          switch (claim) {
            case Claim.ScramName _ ->
                new Answer.Keys(ScramExample.KEYS, Optional.of(ALICE), ScramExample.SERVER_NONCE);
            case Claim.ScramProof proof when !proof.right() -> new Answer.Wrong();
            case Claim.ScramProof _, Claim.Password _, Claim.Token _ -> new Answer.Welcome(ALICE);
          };
      case "wrong" -> new Answer.Wrong();
      case "unavailable" -> new Answer.Unavailable("k7q2m4xa");
      case "blocked" -> new Answer.Blocked();
      default -> throw new IllegalArgumentException(answer);
    };
  }

  /// `550 5.1.1 No such user`.
  private static Refusal refusal(String text) {
    var words = text.split(" ", 3);
    return Refusal.of("test", Integer.parseInt(words[0]), words[1], words[2]);
  }
}
