package io.posthouse.storage.mailbox;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Receipts in memory, which can fail.
public final class InMemoryReceipts implements Receipts {
  private final Set<Delivery.Key> told = ConcurrentHashMap.newKeySet();
  private volatile boolean broken;

  /// Nothing is answered until [#recover()].
  public void breakDown() {
    broken = true;
  }

  public void recover() {
    broken = false;
  }

  /// As if we had died before the last mark was made.
  public void forget() {
    told.clear();
  }

  @Override
  public boolean isTold(Delivery.Key copy) throws IOException {
    if (broken) throw new IOException("no server");
    return told.contains(copy);
  }

  @Override
  public void told(Delivery.Key copy) throws IOException {
    if (broken) throw new IOException("no server");
    told.add(copy);
  }
}
