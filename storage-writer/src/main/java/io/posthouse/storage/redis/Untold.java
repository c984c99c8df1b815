package io.posthouse.storage.redis;

import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Listeners.Arrival;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Users who have new mail and have not been told, with the folders it lies in: each user once,
/// however much there is, and a bounded number of them.
final class Untold {
  private final int most;
  private final Map<UserId, Set<String>> users = new LinkedHashMap<>();
  private int taken;

  Untold(int most) {
    this.most = most;
  }

  /// Adds some.
  ///
  /// @return how many there was no room for
  synchronized int add(Collection<Arrival> arrivals) {
    var lost = 0;
    for (var arrival : arrivals) {
      if (users.size() >= most && !users.containsKey(arrival.user())) lost++;
      else folders(arrival.user()).add(arrival.folder());
    }
    notifyAll();
    return lost;
  }

  /// The next, longest waiting first, once there are some. Until [#told()] they are not gone.
  synchronized Map<UserId, Set<String>> take(int atMost) throws InterruptedException {
    while (users.isEmpty()) wait();
    var some = new LinkedHashMap<UserId, Set<String>>();
    for (var user : users.entrySet()) {
      if (some.size() == atMost) break;
      some.put(user.getKey(), user.getValue());
    }
    some.keySet().forEach(users::remove);
    taken = some.size();
    return some;
  }

  /// Those taken last have been told.
  synchronized void told() {
    taken = 0;
    notifyAll();
  }

  /// Those taken last have not been told. They were there first, so they are never lost.
  synchronized void untold(Map<UserId, Set<String>> some) {
    some.forEach((user, folders) -> folders(user).addAll(folders));
    taken = 0;
  }

  synchronized int size() {
    return users.size() + taken;
  }

  /// Waits until nobody is left, but not longer than so many milliseconds.
  synchronized void awaitNone(long millis) throws InterruptedException {
    var end = System.nanoTime() + millis * 1_000_000;
    while (size() > 0) {
      var left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) return;
      wait(left);
    }
  }

  private Set<String> folders(UserId user) {
    return users.computeIfAbsent(user, _ -> new LinkedHashSet<>());
  }
}
