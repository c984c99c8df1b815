package io.posthouse.delivery.conversation;

import io.posthouse.delivery.egress.Egress;
import io.posthouse.delivery.egress.Source;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.outcome.MxHost;
import io.posthouse.telemetry.TlsUse.Shortfall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Opens conversations, and keeps those that ended well for a moment: the next message to the same
/// address then needs neither handshake nor greeting.
public final class Connections implements AutoCloseable {
  /// How much longer than agreed a connection may wait for the next message.
  private static final long STALE_AFTER_MILLIS = 100;

  private final Egress egress;
  private final Patience patience;
  private final TlsClient tls;
  private final BrokenTls brokenTls;
  private final ScheduledExecutorService alarms;
  private final IdleConversations idle = new IdleConversations();
  private final RefusedLogins refusedLogins = new RefusedLogins();
  private final Set<Thread> reaching = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// @param egress where connections come from, and what we are called there
  /// @param tlsBrokenFor how long until TLS is tried again where it came to nothing
  public Connections(Egress egress, Patience patience, TlsClient tls, Duration tlsBrokenFor) {
    this.egress = egress;
    this.tls = tls;
    this.brokenTls = new BrokenTls(tlsBrokenFor);
    this.patience = patience;
    this.alarms = alarms();
    var _ =
        alarms.scheduleAtFixedRate(
            idle::dismissStale, STALE_AFTER_MILLIS, STALE_AFTER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// A conversation that is open and idle, if there is one.
  public Optional<Conversation> idle(MxHost mx, Approach approach) {
    var known = brokenTls.known(mx, approach);
    return idle.take(mx, known.isPresent() ? approach.inTheClear() : approach);
  }

  /// A new conversation: reaches for the address, and greets the host.
  public Opening open(MxHost mx, Approach approach) {
    return begin(reach(mx, approach), this::greet);
  }

  private static Opening begin(Reach reach, Function<Reach.Connected, Opening> greeting) {
    return switch (reach) {
      case Reach.Connected connected -> greeting.apply(connected);
      case Reach.Silent(var why) -> new Opening.Silent(Stage.CONNECT, why);
      case Reach.Unreachable(var why) -> new Opening.Unreachable(Stage.CONNECT, why);
      case Reach.NoRoad(var why) -> new Opening.NoRoad(why);
    };
  }

  /// Connects. Blocks as long as `timeouts.connect`; to interrupt the virtual thread that does
  /// gives the attempt up.
  public Reach reach(MxHost mx, Approach approach) {
    return switch (egress.towards(mx, approach.manner().egress())) {
      case Source.From source -> reach(mx, approach, source);
      case Source.Nowhere(var why) -> new Reach.NoRoad(why);
    };
  }

  /// Waits for the greeting of a host that we are connected to, says who we are, and logs in where
  /// that is wanted. Where TLS comes to nothing and may be done without, it does so again in the
  /// clear.
  public Opening greet(Reach.Connected host) {
    var known = brokenTls.known(host.mx(), host.approach());
    if (known.isPresent()) return greetInTheClear(host, known.get());
    var opening = converse(host, host.approach());
    if (!(opening instanceof Opening.Insecure(var why)) || !BrokenTls.permitsClear(host.approach()))
      return opening;
    var again = begin(reach(host.mx(), host.approach()), fresh -> greetInTheClear(fresh, why));
    // A host that can be talked to in neither way does not have broken TLS, it is broken.
    if (again instanceof Opening.Open) brokenTls.note(host.mx(), why);
    return again;
  }

  private Opening greetInTheClear(Reach.Connected host, Shortfall why) {
    var opening = converse(host, host.approach().inTheClear());
    return opening instanceof Opening.Open(var conversation)
        ? new Opening.Open(conversation.fallenBack(why))
        : opening;
  }

  private Opening converse(Reach.Connected host, Approach approach) {
    var conversation = new Conversation(host.mx(), approach, host.wire(), patience, tls);
    var login = approach.manner().login();
    var refused = login.flatMap(known -> refusedLogins.why(host.mx(), known));
    if (refused.isPresent()) {
      conversation.close();
      return new Opening.NotLoggedIn("left alone for a minute: " + refused.get());
    }
    var opening = conversation.open(host.source().helo());
    if (opening instanceof Opening.NotLoggedIn(var why))
      login.ifPresent(known -> refusedLogins.note(host.mx(), known, why));
    return opening;
  }

  private Reach reach(MxHost mx, Approach approach, Source.From source) {
    var self = Thread.currentThread();
    reaching.add(self);
    try {
      if (closed) return new Reach.NoRoad("this worker is closing");
      var wire = SocketWire.connect(mx, source.address(), patience, alarms);
      return new Reach.Connected(mx, approach, source, wire);
    } catch (SocketTimeoutException e) {
      return new Reach.Silent(
          "no sign for " + patience.connect().toSeconds() + " s while connecting");
    } catch (ConnectException | NoRouteToHostException e) {
      return new Reach.Unreachable(e.getMessage() + " while connecting");
    } catch (SocketException e) {
      // What is left is local: no road to this family, no descriptor, no port.
      return new Reach.NoRoad(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Reach.Unreachable(String.valueOf(e.getMessage()));
    } finally {
      reaching.remove(self);
    }
  }

  /// Takes back a conversation whose last transaction ended `Ready` or `Unsuitable`.
  ///
  /// @param reuse how far its host is used again
  public void release(Conversation conversation, Reuse reuse) {
    idle.park(conversation, reuse);
  }

  /// Whether a connection to a host of this name is open and idle.
  public boolean isIdleAt(RouteHost host) {
    return idle.isThere(host.name().name(), host.port());
  }

  /// Connections open and idle.
  public int idleNow() {
    return idle.size();
  }

  /// Connections that are being opened.
  public int reachingNow() {
    return reaching.size();
  }

  /// Takes leave of every idle host, and reaches for none any more.
  @Override
  public void close() {
    closed = true;
    reaching.forEach(Thread::interrupt);
    try {
      idle.close(patience.quit());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    alarms.shutdownNow();
  }

  private static ScheduledExecutorService alarms() {
    var alarms =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("delivery-alarms").factory());
    alarms.setRemoveOnCancelPolicy(true);
    // Whoever still writes when this process ends is not watched any more.
    alarms.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    return alarms;
  }
}
