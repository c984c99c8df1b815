package io.posthouse.edge.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.posthouse.edge.EdgeSettings;
import io.posthouse.edge.limits.Capacity;
import io.posthouse.edge.limits.Place;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.ListenerKind;
import io.posthouse.edge.session.Origin;
import io.posthouse.edge.session.Refusal;
import io.posthouse.edge.session.Refusals;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Endpoint;
import io.posthouse.telemetry.MailEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The listeners, and the sessions they lead to.
public final class SmtpServer implements Service {
  private static final int BACKLOG = 1024;
  // Of replies that a client does not read; then we read no more commands, either.
  private static final WriteBufferWaterMark UNHEARD = new WriteBufferWaterMark(8 * 1024, 32 * 1024);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final List<Listener> listeners;
  private final Backstage backstage;
  private final Capacity capacity;
  private final int threads;
  private final ChannelGroup sessions = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final Map<String, Channel> open = new LinkedHashMap<>();
  private volatile boolean stopping;
  private @Nullable EventLoopGroup loops;

  public SmtpServer(List<Listener> listeners, EdgeSettings settings, Backstage backstage) {
    this.listeners = List.copyOf(listeners);
    this.backstage = backstage;
    this.threads = settings.threads();
    this.capacity = new Capacity(settings.limits().connections());
  }

  @Override
  public String name() {
    return listeners.stream()
        .map(listener -> listener.settings().toString())
        .collect(Collectors.joining(", ", "smtp ", ""));
  }

  /// Where a listener listens, once it does.
  public InetSocketAddress address(String listener) {
    var channel = open.get(listener);
    if (channel == null) throw new IllegalStateException("listener " + listener + ": not open");
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public void start() {
    var transport = Transport.best();
    loops = transport.loops(threads);
    // It ends with its loop.
    var _ = loops.next().scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    try {
      watchCertificates(loops);
      for (var listener : listeners) open.put(listener.name(), bind(listener, transport, loops));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void look() {
    var load = Math.max(capacity.share(), backstage.intake().share());
    var percent = (int) (100 * load);
    switch (backstage.stress().look(load)) {
      case BEGINS -> backstage.events().record(new MailEvent.Stress(true, percent));
      case ENDS -> backstage.events().record(new MailEvent.Stress(false, percent));
      case NONE -> {}
    }
    // Those who keep us waiting are let go before somebody has to be turned away.
    if (backstage.stress().isOn()) sessions.forEach(SmtpServer::look);
  }

  private static void look(Channel session) {
    var connection = session.pipeline().get(SmtpConnection.class);
    if (connection != null) session.eventLoop().execute(connection::look);
  }

  /// Takes no new client, lets each finish its message, says good-bye, and waits until all have
  /// gone.
  @Override
  public void drain(Duration deadline) {
    stopping = true;
    open.values().forEach(channel -> channel.close().syncUninterruptibly());
    sessions.forEach(SmtpServer::stop);
    // The group's future completes when the channels that are in it now have closed.
    sessions.newCloseFuture().awaitUninterruptibly(deadline.toMillis());
  }

  @Override
  public void close() {
    stopping = true;
    for (var channel : open.values()) channel.close().awaitUninterruptibly();
    sessions.close().awaitUninterruptibly(LAST_WORDS.toMillis());
    if (loops != null)
      loops
          .shutdownGracefully(0, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
          .awaitUninterruptibly();
  }

  private void watchCertificates(EventLoopGroup group) {
    listeners.stream()
        .flatMap(listener -> listener.tls().stream())
        .distinct()
        .forEach(certificates -> {
          var every = certificates.reloadEvery().toMillis();
          Runnable look = () -> backstage.asking().execute(certificates::refresh);
          var _ = group.next().scheduleAtFixedRate(look, every, every, TimeUnit.MILLISECONDS);
        });
  }

  private Channel bind(Listener listener, Transport transport, EventLoopGroup group) {
    var bound =
        new ServerBootstrap()
            .group(group)
            .channel(transport.channel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNHEARD)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Entrance(listener))
            .bind(listener.settings().socketAddress())
            .awaitUninterruptibly();
    if (bound.isSuccess()) return bound.channel();
    throw new CannotStartException(
        "smtp %s: %s (see edge.listeners)"
            .formatted(listener.settings(), bound.cause().getMessage()),
        bound.cause());
  }

  private static void stop(Channel session) {
    var connection = session.pipeline().get(SmtpConnection.class);
    if (connection != null) session.eventLoop().execute(connection::stop);
    var gate = session.pipeline().get(ProxyGate.class);
    if (gate != null) session.eventLoop().execute(gate::stop);
  }

  /// Where each client comes in.
  private final class Entrance extends ChannelInitializer<Channel> {
    private final Listener listener;

    private Entrance(Listener listener) {
      this.listener = listener;
    }

    @Override
    protected void initChannel(Channel channel) {
      var peer = Endpoint.of((InetSocketAddress) channel.remoteAddress());
      var here = Endpoint.of((InetSocketAddress) channel.localAddress());
      var front = listener.front();
      var origin =
          Origin.direct(peer, here, front.trust(peer.address()))
              .forwarding(front.forwards(peer.address()));
      if (!front.beginsWithHeader(origin.client().address())) {
        admit(channel, Link.plain(origin));
        return;
      }
      sessions.add(channel);
      channel
          .pipeline()
          .addLast(new ProxyGate(listener, backstage, origin, link -> admit(channel, link)));
    }

    /// Lets a client in, now that we know who it is, or sends it away.
    private void admit(Channel channel, Link link) {
      var place = backstage.fairUse().place();
      var refusal = refusal(link.origin(), place);
      if (refusal.isPresent()) {
        channel.pipeline().addLast(new Turned(listener, backstage, link.origin(), refusal.get()));
        return;
      }
      var counted = backstage.metrics().open(listener.name());
      channel
          .closeFuture()
          .addListener(_ -> {
            place.leave();
            capacity.give();
            counted.closed();
          });
      if (listener.isTlsFromTheStart())
        channel.pipeline().addLast(listener.tlsHandler(channel, backstage.timeouts().tls()));
      channel.pipeline().addLast(new SmtpConnection(listener, backstage, link, place));
      sessions.add(channel);
      // It may have come while drain() went through the others.
      if (stopping) stop(channel);
    }

    private Optional<Refusal> refusal(Origin origin, Place place) {
      if (stopping) return Optional.of(Refusals.STOPPING);
      if (!backstage.intake().hasRoom()) return Optional.of(Refusals.BUSY);
      if (!capacity.take()) return Optional.of(Refusals.TOO_MANY_CONNECTIONS);
      // Whoever speaks LMTP to us is a part of the platform.
      if (listener.rules().kind() == ListenerKind.LMTP) return Optional.empty();
      // A host that speaks for others is counted as each of them, once it has said who.
      if (origin.trust() != Origin.Trust.NOTHING) return Optional.empty();
      var refusal = place.take(origin.client().address());
      if (refusal.isPresent()) capacity.give();
      return refusal;
    }
  }
}
