package io.posthouse.storage.intake;

import io.posthouse.directory.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// What waits, a lane for each user. A batch takes from the lanes of many users; until it is given
/// back, nobody else gets anything of these users, so that numbers in a mailbox follow the order of
/// arrival and are told in their order.
final class Lanes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition something = lock.newCondition();
  private final Map<UserId, Deque<Waiting>> lanes = new HashMap<>();
  private final LinkedHashSet<UserId> ready = new LinkedHashSet<>();
  private final Set<UserId> busy = new HashSet<>();
  private int size;
  private long taken;
  private boolean closed;

  /// How much a batch holds. One message that is longer than `octets` is a batch of its own.
  ///
  /// @param inAll octets of all batches at a time; one message that is longer is taken while there
  ///   is no other
  record Most(int messages, long octets, long inAll) {}

  void add(Waiting message) {
    addAll(List.of(message));
  }

  /// Adds what came together.
  void addAll(List<Waiting> messages) {
    locked(() -> {
      messages.forEach(message -> lane(message.user()).addLast(message));
      size += messages.size();
      messages.forEach(message -> wake(message.user()));
    });
  }

  /// What is in no batch now.
  List<Waiting> waiting() {
    lock.lock();
    try {
      return lanes.values().stream().flatMap(Deque::stream).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Takes those out that are in no batch, and answers with them.
  List<Waiting> take(List<Waiting> wanted) {
    var taken = new ArrayList<Waiting>();
    locked(() -> {
      var byUser = wanted.stream().collect(Collectors.groupingBy(Waiting::user));
      byUser.forEach((user, some) -> taken.addAll(take(user, some)));
      size -= taken.size();
    });
    return taken;
  }

  private List<Waiting> take(UserId user, List<Waiting> wanted) {
    if (!lanes.containsKey(user)) return List.of();
    var lane = lane(user);
    var same = Collections.newSetFromMap(new IdentityHashMap<Waiting, Boolean>());
    same.addAll(wanted);
    var taken = lane.stream().filter(same::contains).toList();
    lane.removeIf(same::contains);
    forgetIfEmpty(user);
    return taken;
  }

  /// Waits for messages and takes those that wait, oldest lane first; none only when closed.
  List<Waiting> next(Most most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!hasRoom(most) && !closed) something.await();
      return closed ? List.of() : take(most);
    } finally {
      lock.unlock();
    }
  }

  /// Ends a batch. What is left of it waits again, before what came since.
  void giveBack(List<Waiting> batch, List<Waiting> left) {
    locked(() -> {
      left.reversed().forEach(message -> lane(message.user()).addFirst(message));
      size += left.size();
      taken -= octets(batch);
      // Whoever waits for room: how much there is, each finds out by itself.
      something.signalAll();
      batch.forEach(message -> busy.remove(message.user()));
      batch.forEach(message -> wake(message.user()));
      left.forEach(message -> wake(message.user()));
    });
  }

  /// Messages that are in no batch.
  int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    locked(() -> {
      closed = true;
      something.signalAll();
    });
  }

  private List<Waiting> take(Most most) {
    var batch = new ArrayList<Waiting>();
    var octets = 0L;
    while (!ready.isEmpty()) {
      var user = ready.getFirst();
      var lane = lane(user);
      var head = lane.element();
      if (!batch.isEmpty() && !fits(head, batch, octets, most)) break;
      // From here on the user is in this batch, though not all of the lane may be.
      busy.add(user);
      ready.remove(user);
      while (!lane.isEmpty() && (batch.isEmpty() || fits(lane.element(), batch, octets, most))) {
        octets += lane.element().octets();
        batch.add(lane.remove());
      }
      if (lane.isEmpty()) lanes.remove(user);
    }
    size -= batch.size();
    taken += octets;
    return batch;
  }

  /// Whether there is something to take, and memory for it.
  private boolean hasRoom(Most most) {
    if (ready.isEmpty()) return false;
    return taken == 0 || taken + lane(ready.getFirst()).element().octets() <= most.inAll();
  }

  private static long octets(List<Waiting> batch) {
    return batch.stream().mapToLong(Waiting::octets).sum();
  }

  private boolean fits(Waiting message, List<Waiting> batch, long octets, Most most) {
    return batch.size() < most.messages()
        && octets + message.octets() <= most.octets()
        && taken + octets + message.octets() <= most.inAll()
        && !message.isSuspect()
        && !batch.getFirst().isSuspect();
  }

  private Deque<Waiting> lane(UserId user) {
    return lanes.computeIfAbsent(user, _ -> new ArrayDeque<>());
  }

  private void forgetIfEmpty(UserId user) {
    if (!lane(user).isEmpty()) return;
    // Nobody is to wake for nothing.
    lanes.remove(user);
    ready.remove(user);
  }

  private void wake(UserId user) {
    if (busy.contains(user) || !lanes.containsKey(user) || lane(user).isEmpty()) return;
    if (ready.add(user)) something.signal();
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }
}
