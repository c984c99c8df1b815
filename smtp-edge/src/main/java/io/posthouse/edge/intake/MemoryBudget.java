package io.posthouse.edge.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Content in memory, of all sessions together. Above the limit sessions wait, but never all of
/// them: somebody always goes on, and gives back what all wait for.
public final class MemoryBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger shares = new AtomicInteger();
  private final Deque<Share> waiting = new ArrayDeque<>();
  private volatile boolean isAnybodyWaiting;

  /// An unused budget of `limit` octets.
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /// Octets held now.
  public long used() {
    return used.get();
  }

  /// How much of it is used, from 0 to 1; more if it is overdrawn.
  double share() {
    return (double) used.get() / limit;
  }

  /// Whether a message more should be let in: the last tenth is for those that are.
  public boolean hasRoom() {
    return used.get() < limit - limit / 10;
  }

  /// A share for one message, of nothing yet.
  ///
  /// @param goOn called on some thread when a share that was told to wait may grow again
  Share open(Runnable goOn) {
    shares.incrementAndGet();
    return new Share(goOn);
  }

  /// What one message holds.
  final class Share {
    private final Runnable goOn;
    private long held;
    private boolean closed;

    private Share(Runnable goOn) {
      this.goOn = goOn;
    }

    /// Holds `octets` more.
    ///
    /// @return whether to bring more; if not, `goOn` says when
    boolean grow(long octets) {
      return hold(octets) <= limit || mayOverdraw(this);
    }

    /// Gives `octets` back.
    void shrink(long octets) {
      hold(-octets);
      if (isAnybodyWaiting) wake();
    }

    /// Gives back what is left, and the share. Once is enough, more does nothing.
    void close() {
      if (!giveBack()) return;
      leave(this);
      if (isAnybodyWaiting) wake();
    }

    private synchronized long hold(long octets) {
      // An answer of the queue may come when the session is long over.
      if (closed) return 0;
      held += octets;
      return used.addAndGet(octets);
    }

    private synchronized boolean giveBack() {
      if (closed) return false;
      used.addAndGet(-held);
      closed = true;
      return true;
    }
  }

  private synchronized boolean mayOverdraw(Share share) {
    if (shares.get() - waiting.size() <= 1) return true;
    if (!waiting.contains(share)) waiting.add(share);
    isAnybodyWaiting = true;
    // Whoever gave something back just before may not have seen that somebody waits.
    if (used.get() > limit) return false;
    waiting.remove(share);
    return true;
  }

  private synchronized void leave(Share share) {
    waiting.remove(share);
    shares.decrementAndGet();
  }

  private void wake() {
    toWake().forEach(share -> share.goOn.run());
  }

  private synchronized List<Share> toWake() {
    var awake = new ArrayList<Share>();
    if (used.get() <= limit) {
      awake.addAll(waiting);
      waiting.clear();
    } else if (!waiting.isEmpty() && shares.get() == waiting.size()) {
      // All others have gone, and none of those left would ever give anything back.
      awake.add(waiting.remove());
    }
    isAnybodyWaiting = !waiting.isEmpty();
    return awake;
  }
}
