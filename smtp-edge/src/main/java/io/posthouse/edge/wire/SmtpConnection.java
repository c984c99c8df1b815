package io.posthouse.edge.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import io.posthouse.edge.limits.Place;
import io.posthouse.edge.session.Input;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Origin;
import io.posthouse.edge.session.SessionState;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.CommandParser;
import io.posthouse.telemetry.Checked;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One client's connection: feeds what arrives to the session, in order, as lines or as content,
/// and never past a command that is not answered yet.
final class SmtpConnection extends ChannelInboundHandlerAdapter {
  // What may lie ready behind a command that waits for its answer.
  private static final int READ_AHEAD = 16 * 1024;
  private static final int CONTENT_PIECE = 64 * 1024;
  private static final FastThreadLocal<byte[]> PIECE =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[CONTENT_PIECE];
        }
      };

  private final Listener listener;
  private final Backstage backstage;
  private final Link arriving;
  private final Place place;
  private final CommandLines lines;
  private final Pace pace;
  private ByteBuf unread = Unpooled.EMPTY_BUFFER;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Conversation conversation;
  private @Nullable Future<?> looking;
  private @Nullable Future<?> greeting;
  private boolean pumping;
  private boolean ended;

  /// @param arriving what is known of the connection before a word is said
  /// @param place what the client counts as; somebody else leaves it
  SmtpConnection(Listener listener, Backstage backstage, Link arriving, Place place) {
    this.listener = listener;
    this.backstage = backstage;
    this.arriving = arriving;
    this.place = place;
    this.lines = new CommandLines(backstage.bareNewline());
    this.pace = new Pace(backstage.timeouts(), backstage.stress()::isOn, System::nanoTime);
  }

  /// This node stops: say good-bye as soon as nothing is under way. On the event loop.
  void stop() {
    if (conversation == null) return;
    conversation.hear(new Input.Stop());
    flush();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!listener.isTlsFromTheStart()) open(ctx, arriving);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (!handshake.isSuccess()) handshakeFailed(ctx, handshake.cause());
      else if (conversation == null)
        open(ctx, Link.secured(arriving.origin(), listener.tlsFacts(ctx)));
      else conversation.hear(new Input.TlsEstablished(listener.tlsFacts(ctx)));
    }
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      clientEnded(ctx);
    }
    ctx.fireUserEventTriggered(event);
  }

  private void handshakeFailed(ChannelHandlerContext ctx, Throwable cause) {
    backstage.metrics().handshakeFailed(HandshakeFailure.of(cause));
    Farewell.atOnce(ctx);
  }

  private void clientEnded(ChannelHandlerContext ctx) {
    ended = true;
    if (conversation == null || conversation.state() instanceof SessionState.Securing) {
      // There is no TLS with somebody who says no more.
      Farewell.atOnce(ctx);
      return;
    }
    goOn();
    Farewell.clientEnded(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    var octets = (ByteBuf) message;
    if (conversation != null) pace.heard(octets.readableBytes(), conversation.state());
    unread = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), unread, octets);
    if (isArriving()) spokeFirst();
    pump();
  }

  /// A client reads what we say, or reads no more.
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) goOn();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (looking != null) looking.cancel(false);
    if (greeting != null) greeting.cancel(false);
    if (conversation != null) conversation.lost();
    unread.release();
    unread = Unpooled.EMPTY_BUFFER;
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A client that goes away in the middle is a matter of its own.
    if (!(cause instanceof IOException) && !(cause.getCause() instanceof IOException))
      backstage.events().record(new MailEvent.Bug(Optional.empty(), "a session", cause));
    Farewell.atOnce(ctx);
  }

  private void open(ChannelHandlerContext ctx, Link link) {
    this.ctx = ctx;
    conversation = new Conversation(ctx, listener, backstage, place, link, this::goOn);
    var pause = pause(link.origin());
    if (pause.isZero()) greet();
    else
      greeting =
          ctx.executor().schedule(this::greetAfterPause, pause.toNanos(), TimeUnit.NANOSECONDS);
    looking =
        ctx.executor()
            .scheduleAtFixedRate(
                this::look,
                pace.interval().toNanos(),
                pace.interval().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  /// A proxy may speak for its client at once, as soon as it has told us who that is.
  private Duration pause(Origin origin) {
    return listener.rules().kind() == ListenerKind.MX && origin.proxy().isEmpty()
        ? backstage.greeting().pause(origin.client().address())
        : Duration.ZERO;
  }

  private void greet() {
    if (conversation != null) conversation.hear(new Input.Opened());
    goOn();
  }

  /// @param said of whether the client waits
  private void greet(Checked said) {
    if (conversation != null) conversation.looked(said);
    greet();
  }

  private void greetAfterPause() {
    if (!isArriving()) return;
    backstage.greeting().waited(arriving.origin().client().address());
    greet(Findings.WAITED);
  }

  private boolean isArriving() {
    return conversation != null && conversation.state() instanceof SessionState.Arriving;
  }

  private void spokeFirst() {
    backstage.metrics().spokeFirst();
    if (conversation != null && backstage.greeting().isEnforced())
      conversation.hear(new Input.SpokeFirst());
    else greet(Findings.SPOKE_FIRST);
  }

  /// An answer has come, or room for more content.
  private void goOn() {
    pump();
    flush();
  }

  private void pump() {
    if (pumping || conversation == null) return;
    pumping = true;
    try {
      while (takeOne(conversation)) {}
    } finally {
      pumping = false;
    }
    forgetWhatIsRead();
    steer(conversation);
    leaveIfDone(conversation);
  }

  /// An idle session holds no buffer.
  private void forgetWhatIsRead() {
    if (unread.isReadable()) return;
    unread.release();
    unread = Unpooled.EMPTY_BUFFER;
  }

  /// A client that has said all it wants to say still gets the answers: without its 250 it would
  /// send the message again.
  private void leaveIfDone(Conversation with) {
    if (ended && ctx != null && !(with.state() instanceof SessionState.Waiting))
      Farewell.close(ctx);
  }

  /// Takes the next line or piece of content.
  ///
  /// @return whether there may be more to take
  private boolean takeOne(Conversation with) {
    if (!unread.isReadable() || with.isHesitating() || isUnheard()) return false;
    return switch (with.state()) {
      case SessionState.Listening _ -> takeCommand(with);
      case SessionState.LoggingIn _ -> takeAuthLine(with);
      case SessionState.Receiving _ -> !with.mustWait() && takeContent(with);
      case SessionState.TakingChunk _, SessionState.Discarding _ ->
          !with.mustWait() && takeChunk(with);
      case SessionState.Closed _ -> {
        unread.skipBytes(unread.readableBytes());
        yield false;
      }
      case SessionState.Waiting _ -> false;
    };
  }

  private boolean takeCommand(Conversation with) {
    return takeLine(with, longestCommand(), text -> command(CommandParser.parse(text)));
  }

  private boolean takeAuthLine(Conversation with) {
    return takeLine(with, CommandParser.LONGEST_AUTH_LINE, Input.AuthLine::new);
  }

  private boolean takeLine(Conversation with, int longest, Function<String, Input> meaning) {
    return switch (lines.next(unread, longest)) {
      case CommandLines.Line.Partial _ -> false;
      case CommandLines.Line.Broken(var refusal) -> {
        pace.understood();
        with.hear(new Input.Unreadable(refusal));
        yield true;
      }
      case CommandLines.Line.Whole(var text) -> {
        pace.understood();
        with.hear(meaning.apply(text));
        yield true;
      }
    };
  }

  /// Whether the client reads our answers so slowly that it gets no more of them.
  private boolean isUnheard() {
    return ctx != null && !ctx.channel().isWritable();
  }

  /// Whatever came in one piece with STARTTLS was not said inside TLS, and must not be taken as if.
  private Input command(Command command) {
    var slippedIn = command instanceof Command.StartTls && unread.isReadable();
    return slippedIn ? new Input.SlippedIn() : new Input.Heard(command);
  }

  private boolean takeContent(Conversation with) {
    var piece = PIECE.get();
    var length = Math.min(piece.length, unread.readableBytes());
    unread.getBytes(unread.readerIndex(), piece, 0, length);
    var end = with.receive(piece, 0, length);
    unread.skipBytes(end < 0 ? length : end);
    if (end >= 0) with.contentEnded();
    return true;
  }

  private boolean takeChunk(Conversation with) {
    var piece = PIECE.get();
    var length = (int) Math.min(Math.min(piece.length, unread.readableBytes()), with.chunkLeft());
    unread.readBytes(piece, 0, length);
    with.takeChunk(piece, length);
    return true;
  }

  /// AUTH may bring its first response along (RFC 4954 §4).
  private int longestCommand() {
    return listener.rules().kind().isSubmission()
        ? CommandParser.LONGEST_AUTH_LINE
        : CommandParser.LONGEST_MAIL;
  }

  /// Reads no further while what is here already cannot be taken.
  private void steer(Conversation with) {
    if (ctx == null) return;
    var waits =
        with.mustWait()
            || with.isHesitating()
            || isUnheard()
            || with.state() instanceof SessionState.Waiting;
    var read = !waits || (unread.readableBytes() < READ_AHEAD && !with.mustWait());
    var config = ctx.channel().config();
    if (config.isAutoRead() != read) config.setAutoRead(read);
  }

  /// Looks whether the client is too slow. On the event loop.
  void look() {
    var with = conversation;
    if (with == null) return;
    pace.look(with.state(), with.mustWait() || with.isHesitating())
        .ifPresent(what -> with.hear(new Input.TimedOut(what)));
    flush();
  }

  private void flush() {
    if (ctx != null) ctx.flush();
  }
}
