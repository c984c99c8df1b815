package io.posthouse.delivery.conversation;

import io.posthouse.delivery.egress.Egress;
import io.posthouse.delivery.egress.Source;
import io.posthouse.outcome.MxHost;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Opens conversations, and keeps those that ended well for a moment: the next message to the same
/// address then needs neither handshake nor greeting.
public final class Connections implements AutoCloseable {
  private final Egress egress;
  private final Patience patience;
  private final ScheduledExecutorService alarms;
  private final IdleConversations idle;

  /// @param egress where connections come from, and what we are called there
  public Connections(Egress egress, Patience patience, Reuse reuse) {
    this.egress = egress;
    this.patience = patience;
    this.alarms = alarms();
    this.idle = new IdleConversations(reuse);
    var tick = Math.max(1, reuse.idle().toMillis() / 2);
    var _ = alarms.scheduleAtFixedRate(idle::dismissStale, tick, tick, TimeUnit.MILLISECONDS);
  }

  /// A conversation that is open and idle, if there is one.
  public Optional<Conversation> idle(MxHost mx, Approach approach) {
    return idle.take(mx, approach);
  }

  /// A new conversation.
  public Opening open(MxHost mx, Approach approach) {
    return switch (egress.towards(mx, approach.manner().egress())) {
      case Source.From source -> open(mx, approach, source);
      case Source.Nowhere(var why) -> new Opening.NoRoad(why);
    };
  }

  private Opening open(MxHost mx, Approach approach, Source.From source) {
    try {
      var wire = SocketWire.connect(mx, source.address(), patience, alarms);
      return new Conversation(mx, approach, wire, patience).open(source.helo());
    } catch (SocketTimeoutException e) {
      return new Opening.Unreachable(
          Stage.CONNECT, "no sign for " + patience.connect().toSeconds() + " s while connecting");
    } catch (ConnectException e) {
      return new Opening.Unreachable(Stage.CONNECT, e.getMessage() + " while connecting");
    } catch (NoRouteToHostException e) {
      return new Opening.Unreachable(Stage.CONNECT, e.getMessage() + " while connecting");
    } catch (SocketException e) {
      // What is left is local: no road to this family, no descriptor, no port.
      return new Opening.NoRoad(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Opening.Unreachable(Stage.CONNECT, String.valueOf(e.getMessage()));
    }
  }

  /// Takes back a conversation whose last transaction ended `Ready` or `Unsuitable`.
  public void release(Conversation conversation) {
    idle.park(conversation);
  }

  /// Connections open and idle.
  public int idleNow() {
    return idle.size();
  }

  /// Takes leave of every idle host.
  @Override
  public void close() {
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
