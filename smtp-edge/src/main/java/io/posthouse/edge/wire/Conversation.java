package io.posthouse.edge.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import io.posthouse.address.ForwardPath;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.Logins.Login;
import io.posthouse.edge.intake.Arrival;
import io.posthouse.edge.intake.Intake.Outcome;
import io.posthouse.edge.limits.Place;
import io.posthouse.edge.policy.Visit;
import io.posthouse.edge.sasl.Answer;
import io.posthouse.edge.sasl.Claim;
import io.posthouse.edge.session.Effect;
import io.posthouse.edge.session.Input;
import io.posthouse.edge.session.Introduction;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Origin;
import io.posthouse.edge.session.Peer;
import io.posthouse.edge.session.RecipientVerdict;
import io.posthouse.edge.session.Refusal;
import io.posthouse.edge.session.Refusals;
import io.posthouse.edge.session.SenderVerdict;
import io.posthouse.edge.session.Session;
import io.posthouse.edge.session.SessionState;
import io.posthouse.edge.session.Transaction;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.Checked;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Performs what a session decides, and brings it the answers. All of it on the channel's event
/// loop.
final class Conversation {
  private final ChannelHandlerContext ctx;
  private final Listener listener;
  private final Backstage backstage;
  private final Place place;
  private final Runnable goOn;
  private final Session session;
  private final ChunkReader chunk;
  private final Aftermath aftermath;
  private @Nullable Arrival arrival;
  private @Nullable ContentDecoder decoder;
  private String helo = "";
  private Optional<Checked> ofGreeting = Optional.empty();
  private final Deque<Effect> postponed = new ArrayDeque<>();
  private @Nullable Future<?> hesitation;

  /// @param goOn called on the event loop when the session has heard an answer, or may be brought
  ///   more content
  Conversation(
      ChannelHandlerContext ctx,
      Listener listener,
      Backstage backstage,
      Place place,
      Link link,
      Runnable goOn) {
    this.ctx = ctx;
    this.listener = listener;
    this.backstage = backstage;
    this.place = place;
    this.goOn = goOn;
    this.session = new Session(listener.rules(), link);
    this.chunk = new ChunkReader(backstage.bareNewline());
    this.aftermath = new Aftermath(backstage);
  }

  /// Somebody has looked whether the client waits for its greeting.
  void looked(Checked said) {
    ofGreeting = Optional.of(said);
  }

  SessionState state() {
    return session.state();
  }

  void hear(Input input) {
    for (var effect : session.hear(input)) {
      if (isHesitating()) postponed.add(effect);
      else perform(effect);
    }
  }

  /// Whether an answer is held back on purpose.
  boolean isHesitating() {
    return hesitation != null;
  }

  private void hesitate(Duration time) {
    hesitation =
        ctx.executor().schedule(this::performPostponed, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void performPostponed() {
    hesitation = null;
    while (!isHesitating() && !postponed.isEmpty()) perform(postponed.remove());
    goOn.run();
  }

  /// Content that has arrived.
  ///
  /// @return the place behind its end, or -1
  int receive(byte[] octets, int from, int to) {
    if (arrival == null || decoder == null) throw new IllegalStateException("no content expected");
    var end = decoder.decode(octets, from, to, arrival::take);
    if (decoder.hasBareNewline() && backstage.bareNewline() == BareNewline.REJECT)
      arrival.refuse(Refusals.BARE_NEWLINE);
    if (end < 0 && arrival.isFlood()) hear(new Input.Flooded());
    return end;
  }

  /// The content is whole.
  void contentEnded() {
    if (arrival == null) throw new IllegalStateException("no content expected");
    var refusal = arrival.refusal();
    if (refusal.isPresent()) closeArrival();
    hear(refusal.<Input>map(Input.ContentRefused::new).orElseGet(Input.ContentEnded::new));
  }

  /// Octets of the chunk that have not arrived.
  long chunkLeft() {
    return chunk.left();
  }

  /// Octets of a chunk that have arrived, no more than are left of it.
  void takeChunk(byte[] octets, int length) {
    chunk.take(octets, length);
    if (chunk.left() == 0) hear(chunk.end());
  }

  /// Whether content is to be held back; `goOn` says until when.
  boolean mustWait() {
    return arrival != null && arrival.mustWait();
  }

  /// The connection is gone.
  void lost() {
    if (hesitation != null) hesitation.cancel(false);
    // What is on its way to the queue stays there: we never said 250, so the client sends it again.
    if (!(state() instanceof SessionState.HandingOver)) closeArrival();
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Say(var reply) -> write(reply);
      case Effect.Hesitate(var time) -> hesitate(time);
      case Effect.Refuse refuse -> refuse(refuse);
      case Effect.VetSender(var peer, var from) -> vet(peer, from);
      case Effect.ResolveRecipient(var peer, var to) -> resolve(peer, to);
      case Effect.CheckLogin(var claim) -> checkLogin(claim);
      case Effect.Introduce(var introduction) -> introduce(introduction);
      case Effect.FindRoom _ ->
          hear(backstage.intake().hasRoom() ? new Input.RoomFound() : new Input.NoRoom());
      case Effect.ReceiveContent(_, var transaction) -> {
        arrival = begin(transaction);
        decoder = new ContentDecoder(backstage.bareNewline());
      }
      case Effect.BeginChunks(var transaction) -> {
        arrival = begin(transaction);
        chunk.begin(arrival, transaction.parameters().body());
      }
      case Effect.TakeChunk(var size, var last) -> await(size, last);
      case Effect.DiscardChunk(var size) -> await(size, false);
      case Effect.ForgetChunks _ -> closeArrival();
      case Effect.Enqueue(var peer, var transaction) -> handOver(peer, transaction);
      case Effect.UpgradeToTls _ -> upgradeToTls();
      case Effect.Close _ -> Farewell.close(ctx);
    }
  }

  private Arrival begin(Transaction transaction) {
    var signs = backstage.authors().signs(session.link(), listener.rules().kind());
    return backstage.intake().begin(transaction, signs, () -> later(this::resume));
  }

  private void await(long size, boolean last) {
    chunk.await(size, last);
    // An empty one is here already.
    if (size == 0) hear(chunk.end());
  }

  private void vet(Peer peer, ReversePath from) {
    helo = peer.helo();
    // Users have quotas of their own.
    var tooMany = peer.user().isPresent() ? Optional.<Refusal>empty() : place.message();
    ask(
        tooMany
            .<SenderVerdict>map(SenderVerdict.Refused::new)
            .or(() -> backstage.senders().vetAtOnce(from, peer.link())),
        () -> backstage.senders().vet(from, peer.link()),
        new SenderVerdict.Refused(Refusals.TRY_AGAIN_LATER),
        Input.SenderVetted::new);
  }

  private void resolve(Peer peer, ForwardPath to) {
    var tooMany = peer.user().isPresent() ? Optional.<Refusal>empty() : place.recipient();
    var recipients = backstage.recipients();
    var visit = Visit.of(peer.link().origin());
    ask(
        tooMany
            .<RecipientVerdict>map(RecipientVerdict.Refused::new)
            .or(() -> recipients.resolveAtOnce(to, peer.link(), visit)),
        () -> recipients.resolve(to, peer.link(), visit),
        new RecipientVerdict.Refused(Refusals.TRY_AGAIN_LATER),
        Input.RecipientResolved::new);
  }

  private void checkLogin(Claim claim) {
    var whoever = whoever();
    ask(
        Optional.empty(),
        () -> backstage.logins().check(claim, whoever),
        new Answer.Unavailable("bug"),
        Input.LoginChecked::new);
  }

  private void introduce(Introduction introduction) {
    helo = "";
    // It was about the host that speaks for the client.
    ofGreeting = Optional.empty();
    var tooMany = enter(introduction.origin());
    if (tooMany.isPresent()) {
      hear(new Input.NotIntroduced(tooMany.get()));
      return;
    }
    ask(
        introduction.login().isEmpty()
            ? Optional.of(new Input.Introduced(Optional.empty()))
            : Optional.empty(),
        () -> introduced(backstage.logins().named(introduction.login().orElseThrow())),
        new Input.NotIntroduced(Refusals.INTRODUCED_IN_VAIN),
        answer -> answer);
  }

  /// Whoever speaks LMTP to us is a part of the platform.
  private Optional<Refusal> enter(Origin origin) {
    return listener.rules().kind() == ListenerKind.LMTP
        ? Optional.empty()
        : place.take(origin.client().address());
  }

  private static Input introduced(Login login) {
    return switch (login) {
      case Login.Welcome(var account) -> new Input.Introduced(Optional.of(account));
      case Login.Wrong _ -> new Input.NotIntroduced(Refusals.NO_SUCH_LOGIN);
      case Login.Unavailable _ -> new Input.NotIntroduced(Refusals.INTRODUCED_IN_VAIN);
    };
  }

  /// Brings the session an answer: at once where there is one, else when somebody has it.
  ///
  /// @param inTrouble the answer while we are the ones with a fault
  private <T> void ask(
      Optional<T> atOnce, Supplier<T> waiting, T inTrouble, Function<T, Input> input) {
    if (atOnce.isPresent()) {
      hear(input.apply(atOnce.get()));
      return;
    }
    backstage
        .asking()
        .execute(() -> {
          var answer = answer(waiting, inTrouble);
          later(() -> answered(input.apply(answer)));
        });
  }

  private <T> T answer(Supplier<T> waiting, T inTrouble) {
    try {
      return waiting.get();
    } catch (RuntimeException | Error e) {
      backstage.events().record(new MailEvent.Bug(Optional.empty(), "asking the directory", e));
      return inTrouble;
    }
  }

  private void handOver(Peer peer, Transaction transaction) {
    if (arrival == null) throw new IllegalStateException("no content to hand over");
    var whole = arrival;
    var checks = findings(peer).of(transaction);
    var begin = System.nanoTime();
    backstage
        .intake()
        .handOver(
            whole,
            transaction,
            listener.client(peer, transaction, backstage.node()),
            listener.rules().kind(),
            backstage.authors().permission(peer.link()))
        .whenComplete(
            (outcome, fault) -> later(() -> handedOver(whole, checks, outcome, fault, begin)));
  }

  private Findings findings(Peer peer) {
    return new Findings(
        ofGreeting,
        listener.rules().passed(),
        place.passed(peer.user().isPresent()),
        chunk.hasBareNewline() || (decoder != null && decoder.hasBareNewline()));
  }

  private void handedOver(
      Arrival whole,
      List<Checked> checks,
      @Nullable Outcome outcome,
      @Nullable Throwable fault,
      long begin) {
    closeArrival();
    // The promise is made with the reply; from here on it is the queue that keeps it.
    var heard = heard(whole, outcome);
    hear(heard);
    goOn.run();
    aftermath.of(whole, session.link(), checks, outcome, fault);
    var unqueued = heard.equals(new Input.NotQueued(Refusals.TRY_AGAIN_LATER));
    backstage.metrics().handedOver(System.nanoTime() - begin, whole.size(), !unqueued);
  }

  private static Input heard(Arrival whole, @Nullable Outcome outcome) {
    return switch (outcome) {
      case Outcome.Taken _ -> new Input.Queued(whole.queueId());
      case Outcome.NotTaken(var refusal, _) -> new Input.NotQueued(refusal);
      case null -> new Input.NotQueued(Refusals.TRY_AGAIN_LATER);
    };
  }

  private void refuse(Effect.Refuse refuse) {
    write(refuse.refusal().reply());
    if (refuse.refusal().reply().isPermanent()) place.erred();
    backstage
        .events()
        .record(
            new MailEvent.Refused(
                refuse.stage(),
                refuse.refusal().check(),
                refuse.refusal().reply(),
                whoever(),
                refuse.from(),
                refuse.to().flatMap(ForwardPath::recipient)));
  }

  private MailEvent.Peer whoever() {
    var link = session.linkAsHeard();
    return new MailEvent.Peer(
        link.origin().client().address(), helo, listener.name(), link.passage());
  }

  private void upgradeToTls() {
    // Before the handshake: what was written so far goes out in the clear.
    ctx.flush();
    ctx.pipeline().addFirst(listener.tlsHandler(ctx.channel(), backstage.timeouts().tls()));
  }

  private void write(Reply reply) {
    var octets = ByteBufUtil.writeUtf8(ctx.alloc(), reply.wire());
    ctx.write(octets).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private void answered(Input input) {
    hear(input);
    goOn.run();
  }

  private void resume() {
    if (arrival != null) arrival.resumed();
    goOn.run();
  }

  /// On the event loop: now where we are on it.
  private void later(Runnable task) {
    try {
      ctx.executor().execute(task);
    } catch (RejectedExecutionException stopped) {
      // The node has stopped before the answer came, and no session is left to hear it.
    }
  }

  private void closeArrival() {
    if (arrival != null) arrival.close();
    arrival = null;
    decoder = null;
    chunk.forget();
  }
}
