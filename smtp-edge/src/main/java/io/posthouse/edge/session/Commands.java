package io.posthouse.edge.session;

import static io.posthouse.edge.session.Protocol.hangUp;
import static io.posthouse.edge.session.Step.go;
import static io.posthouse.edge.session.Step.object;
import static io.posthouse.edge.session.Step.refuse;
import static io.posthouse.edge.session.Step.say;

import io.posthouse.address.ForwardPath;
import io.posthouse.edge.session.Effect.Close;
import io.posthouse.edge.session.Effect.FindRoom;
import io.posthouse.edge.session.Effect.ForgetChunks;
import io.posthouse.edge.session.Effect.Introduce;
import io.posthouse.edge.session.Effect.ResolveRecipient;
import io.posthouse.edge.session.Effect.Say;
import io.posthouse.edge.session.Effect.UpgradeToTls;
import io.posthouse.edge.session.Effect.VetSender;
import io.posthouse.edge.session.Peer.Dialect;
import io.posthouse.edge.session.SessionState.BetweenChunks;
import io.posthouse.edge.session.SessionState.Closed;
import io.posthouse.edge.session.SessionState.Collecting;
import io.posthouse.edge.session.SessionState.Connected;
import io.posthouse.edge.session.SessionState.Introducing;
import io.posthouse.edge.session.SessionState.Listening;
import io.posthouse.edge.session.SessionState.Opening;
import io.posthouse.edge.session.SessionState.Ready;
import io.posthouse.edge.session.SessionState.Resolving;
import io.posthouse.edge.session.SessionState.Securing;
import io.posthouse.edge.session.SessionState.Vetting;
import io.posthouse.message.MailParameters;
import io.posthouse.message.MailParameters.Body;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.Command.Auth;
import io.posthouse.smtp.Command.Bdat;
import io.posthouse.smtp.Command.Data;
import io.posthouse.smtp.Command.Ehlo;
import io.posthouse.smtp.Command.Expn;
import io.posthouse.smtp.Command.Field;
import io.posthouse.smtp.Command.Helo;
import io.posthouse.smtp.Command.Help;
import io.posthouse.smtp.Command.Lhlo;
import io.posthouse.smtp.Command.Mail;
import io.posthouse.smtp.Command.Malformed;
import io.posthouse.smtp.Command.Noop;
import io.posthouse.smtp.Command.Quit;
import io.posthouse.smtp.Command.Rcpt;
import io.posthouse.smtp.Command.Rset;
import io.posthouse.smtp.Command.StartTls;
import io.posthouse.smtp.Command.Unknown;
import io.posthouse.smtp.Command.Vrfy;
import io.posthouse.smtp.Command.XClient;
import io.posthouse.smtp.Command.XForward;
import io.posthouse.smtp.Parameter;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How each command is answered, whatever state it comes in (RFC 5321 §4.1.4).
record Commands(SessionRules rules, Chunks chunks, Login login) {
  private static final Set<String> VERBS_OF_HTTP =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE");

  Commands(SessionRules rules) {
    this(rules, new Chunks(rules), new Login(rules));
  }

  Step answer(Listening state, Command command) {
    return switch (command) {
      case Ehlo(var client) -> hello(state, client, Dialect.ESMTP);
      case Helo(var client) -> hello(state, client, Dialect.SMTP);
      case Lhlo(var client) -> hello(state, client, Dialect.LMTP);
      case Mail mail -> mail(state, mail);
      case Rcpt rcpt -> rcpt(state, rcpt);
      case Data _ -> data(state);
      case Bdat chunk -> chunks.answer(state, chunk);
      case Rset _ -> abandon(state, withoutTransaction(state, Forwarded.NOTHING), Replies.OK);
      case Noop _ -> say(state, Replies.OK);
      case Quit _ -> go(new Closed(), new Say(Replies.BYE), new Close());
      case Vrfy _ -> say(state, Replies.WILL_NOT_VERIFY);
      case Expn _ -> object(state, Refusals.NOT_OFFERED);
      case Help _ -> say(state, Replies.HELP);
      case StartTls _ -> startTls(state);
      case Auth(var mechanism, var initialResponse) ->
          login.begin(state, mechanism, initialResponse);
      case Field _ -> hangUp(Stage.CONTENT, Refusals.CONTENT_IS_NO_COMMAND);
      case XClient introduction -> introduce(state, introduction);
      case XForward(var attributes) -> forward(state, attributes);
      case Unknown(var verb) -> unknown(state, verb);
      // Nobody knows how many octets of content follow.
      case Malformed(var verb, var reply) when verb.equals("BDAT") ->
          hangUp(Stage.CONTENT, new Refusal("syntax", reply));
      case Malformed(_, var reply) -> object(state, new Refusal("syntax", reply));
    };
  }

  /// Legal at any time, and abandons an open transaction (RFC 5321 §4.1.4).
  private Step hello(Listening state, String client, Dialect dialect) {
    if (rules.isLmtp() != (dialect == Dialect.LMTP)) {
      return object(
          state, rules.isLmtp() ? Refusals.WRONG_HELLO_FOR_LMTP : Refusals.WRONG_HELLO_FOR_SMTP);
    }
    var link = state.link().told(Forwarded.NOTHING);
    var ready = new Ready(new Peer(link, link.origin().helo().orElse(client), dialect));
    return abandon(
        state,
        ready,
        dialect == Dialect.SMTP
            ? Reply.plain(250, rules.hostname())
            : Capabilities.of(rules, state.link()));
  }

  private Step mail(Listening state, Mail mail) {
    return switch (state) {
      case Connected _, Collecting _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Ready ready when rules.needsCertificate(ready.link()) ->
          refuse(ready, mail.from(), Refusals.CERTIFICATE_FIRST);
      case Ready ready when rules.kind().isSubmission() && ready.peer().user().isEmpty() ->
          refuse(ready, mail.from(), Refusals.LOGIN_FIRST);
      case Ready ready -> {
        var arguments = new MailArguments(mail.parameters(), rules, ready.link());
        yield arguments
            .problem()
            .map(refusal -> refuse(ready, mail.from(), refusal))
            .orElseGet(() -> vet(ready, mail, arguments.understood()));
      }
    };
  }

  private static Step vet(Ready ready, Mail mail, MailParameters parameters) {
    if (mail.beyondAscii() && !parameters.smtpUtf8())
      return refuse(ready, mail.from(), Refusals.SMTPUTF8_MISSING);
    return go(
        new Vetting(ready.peer(), mail.from(), parameters),
        new VetSender(ready.peer(), mail.from()));
  }

  private Step rcpt(Listening state, Rcpt rcpt) {
    return switch (state) {
      case Connected _, Ready _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Collecting(var peer, var transaction) -> {
        var smtpUtf8 = transaction.parameters().smtpUtf8();
        var arguments = new RcptArguments(rcpt.parameters(), smtpUtf8);
        yield tooMany(transaction)
            .or(() -> missingUtf8(rcpt, smtpUtf8))
            .or(arguments::problem)
            .map(refusal -> refuse(new Collecting(peer, transaction), rcpt.to(), refusal))
            .orElseGet(() -> resolve(peer, transaction, rcpt.to(), arguments.wishes()));
      }
    };
  }

  /// RFC 5321 §4.5.3.1.10: 452, so that the client sends the message again for the rest.
  private Optional<Refusal> tooMany(Transaction transaction) {
    return transaction.accepted().size() < rules.mostRecipients()
        ? Optional.empty()
        : Optional.of(Refusals.TOO_MANY_RECIPIENTS);
  }

  /// RFC 6531 §3.5.
  private static Optional<Refusal> missingUtf8(Rcpt rcpt, boolean smtpUtf8) {
    return rcpt.beyondAscii() && !smtpUtf8
        ? Optional.of(Refusals.SMTPUTF8_MISSING)
        : Optional.empty();
  }

  private static Step resolve(
      Peer peer, Transaction transaction, ForwardPath to, RecipientWishes wishes) {
    return go(new Resolving(peer, transaction, to, wishes), new ResolveRecipient(peer, to));
  }

  private Step data(Listening state) {
    return switch (state) {
      case Connected _, Ready _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Collecting(_, var transaction) when transaction.accepted().isEmpty() ->
          object(state, rules.noRecipients());
      // Lines and stuffed dots have no meaning in it (RFC 3030 §3).
      case Collecting(_, var transaction)
          when transaction.parameters().body() == Body.BINARY_MIME ->
          object(state, Refusals.ONLY_BY_BDAT);
      case Collecting(var peer, var transaction) ->
          go(new Opening(peer, transaction), new FindRoom());
    };
  }

  private Step startTls(Listening state) {
    if (!rules.offersTls()) return object(state, Refusals.NOT_OFFERED);
    if (state.link().secure()) return object(state, Refusals.BAD_SEQUENCE);
    return switch (state) {
      case Collecting _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Connected _, Ready _ ->
          go(
              new Securing(state.link().origin()),
              new Say(Replies.GO_AHEAD_WITH_TLS),
              new UpgradeToTls());
    };
  }

  /// STARTTLS with more behind it. Where TLS does not start, nothing can get into it.
  Step slippedIn(Listening state) {
    var step = startTls(state);
    return step.next() instanceof Securing ? hangUp(Stage.TLS, Refusals.SLIPPED_IN) : step;
  }

  /// A host speaks for somebody else from here on, who has not said a word yet.
  private static Step introduce(Listening state, XClient said) {
    var origin = state.link().origin();
    if (origin.trust() == Origin.Trust.NOTHING)
      return refuse(state, Stage.CONNECT, Refusals.NOT_TRUSTED);
    return switch (state) {
      case Collecting _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Connected _, Ready _ ->
          switch (Introduction.read(said.attributes(), origin)) {
            case Introduction.Answer.Refused(var refusal) -> object(state, refusal);
            case Introduction.Answer.Understood(var introduction) ->
                go(new Introducing(state, introduction), new Introduce(introduction));
          };
    };
  }

  /// A host says where it had its next message from.
  private static Step forward(Listening state, List<Parameter> attributes) {
    var link = state.link();
    if (!link.origin().forwards()) return refuse(state, Stage.CONNECT, Refusals.MAY_NOT_FORWARD);
    return switch (state) {
      case Collecting _, BetweenChunks _ -> object(state, Refusals.BAD_SEQUENCE);
      case Connected _, Ready _ ->
          switch (link.forwarded().with(attributes)) {
            case Forwarded.Answer.Refused(var refusal) -> object(state, refusal);
            case Forwarded.Answer.Understood(var forwarded) ->
                say(withoutTransaction(state, forwarded), Replies.OK);
          };
    };
  }

  private static Step unknown(Listening state, String verb) {
    // A web page that makes a browser talk to us speaks for nobody.
    if (!VERBS_OF_HTTP.contains(verb)) return object(state, Refusals.UNKNOWN_COMMAND);
    return hangUp(Stage.HELO, Refusals.NOT_FOR_BROWSERS);
  }

  /// Goes on elsewhere, whatever has come of a message.
  private static Step abandon(Listening state, Listening next, Reply reply) {
    var step = say(next, reply);
    return state instanceof BetweenChunks ? step.after(new ForgetChunks()) : step;
  }

  /// @param forwarded where the next message is from
  private static Listening withoutTransaction(Listening state, Forwarded forwarded) {
    return switch (state) {
      case Connected(var link) -> new Connected(link.told(forwarded));
      case Ready(var peer) -> new Ready(peer.told(forwarded));
      case Collecting(var peer, _) -> new Ready(peer.told(forwarded));
      case BetweenChunks(var peer, _, _, _) -> new Ready(peer.told(forwarded));
    };
  }
}
