package io.posthouse.edge.session;

import io.posthouse.edge.session.Effect.Close;
import io.posthouse.edge.session.Effect.Refuse;
import io.posthouse.edge.session.Effect.Say;
import io.posthouse.edge.session.Input.Heard;
import io.posthouse.edge.session.Input.Stop;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.Command.Bdat;
import io.posthouse.telemetry.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One client's session: remembers the state, and how much patience is left. For one thread.
public final class Session {
  private static final int ORDINARY_CHUNK = 1024;

  private final SessionRules rules;
  private final Protocol protocol;
  private SessionState state;
  private Link link;
  private Forwarded forwarded = Forwarded.NOTHING;
  private int errors;
  private int commands;
  private int wrongLogins;
  private int recipients;
  private int refusedRecipients;
  private boolean stopping;

  /// @param link TLS is on from the start where a listener says so
  public Session(SessionRules rules, Link link) {
    this.rules = rules;
    this.protocol = new Protocol(rules);
    this.state = new SessionState.Arriving(link);
    this.link = link;
  }

  /// What is to be done about `input`.
  public List<Effect> hear(Input input) {
    if (input instanceof Stop) stopping = true;
    if (input instanceof Heard(var command) && isCounted(command)) commands++;
    forwarded = link.forwarded();
    var effects = take(protocol.step(state, input));
    var before = errors;
    effects.forEach(this::count);
    if (state instanceof SessionState.Closed) return effects;
    if (errors > before) effects = slowed(effects);
    var enough = enough();
    if (enough.isPresent()) return also(effects, hangUp(enough.get()));
    if (stopping && !(input instanceof Stop))
      return also(effects, take(protocol.step(state, new Stop())));
    return effects;
  }

  /// Why this client is sent away, if it is.
  private Optional<Refusal> enough() {
    var patience = rules.patience();
    if (wrongLogins >= rules.login().mostWrong())
      return Optional.of(Refusals.TOO_MANY_WRONG_LOGINS);
    if (errors > patience.errors()) return Optional.of(Refusals.TOO_MANY_ERRORS);
    if (commands > patience.commands()) return Optional.of(Refusals.TOO_MANY_COMMANDS);
    var guesses = refusedRecipients >= patience.unknownRecipients();
    return guesses && refusedRecipients > recipients
        ? Optional.of(Refusals.TOO_MANY_UNKNOWN)
        : Optional.empty();
  }

  /// Whoever errs on and on is answered more and more slowly.
  private List<Effect> slowed(List<Effect> effects) {
    var delay = rules.patience().delayOf(errors);
    return delay.isZero() ? effects : also(List.of(new Effect.Hesitate(delay)), effects);
  }

  public SessionState state() {
    return state;
  }

  /// The connection, as the client's last command found it.
  public Link link() {
    return link;
  }

  /// The same for events: a refusal that ends a transaction is about the host it was forwarded for.
  public Link linkAsHeard() {
    return link.told(forwarded);
  }

  /// Long content may well come in more chunks than we bear commands. Its size has a limit of its
  /// own.
  private static boolean isCounted(Command command) {
    return !(command instanceof Bdat(var size, _) && size >= ORDINARY_CHUNK);
  }

  private List<Effect> take(Step step) {
    state = step.next();
    if (state instanceof SessionState.Listening listening) link = listening.link();
    return step.effects();
  }

  /// A client that brings mail starts afresh with each message; our own trouble is not counted.
  private void count(Effect effect) {
    switch (effect) {
      case Refuse(_, var refusal, _, var to) when refusal.reply().isPermanent() -> {
        errors++;
        if (to.isPresent()) refusedRecipients++;
        if (refusal.equals(Refusals.LOGIN_WRONG)) wrongLogins++;
      }
      case Say(var reply) when reply.equals(Replies.RECIPIENT_OK) -> recipients++;
      case Effect.Enqueue _ -> {
        errors = 0;
        commands = 0;
      }
      case Refuse _,
          Say _,
          Effect.Hesitate _,
          Effect.VetSender _,
          Effect.ResolveRecipient _,
          Effect.CheckLogin _,
          Effect.Introduce _,
          Effect.FindRoom _,
          Effect.ReceiveContent _,
          Effect.BeginChunks _,
          Effect.TakeChunk _,
          Effect.DiscardChunk _,
          Effect.ForgetChunks _,
          Effect.UpgradeToTls _,
          Close _ -> {}
    }
  }

  private List<Effect> hangUp(Refusal refusal) {
    return take(Protocol.hangUp(Stage.CONNECT, refusal));
  }

  private static List<Effect> also(List<Effect> first, List<Effect> second) {
    if (second.isEmpty()) return first;
    var both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
