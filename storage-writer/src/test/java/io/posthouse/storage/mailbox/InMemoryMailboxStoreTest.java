package io.posthouse.storage.mailbox;

import io.posthouse.directory.UserId;
import java.util.concurrent.atomic.AtomicInteger;

final class InMemoryMailboxStoreTest implements MailboxStoreContract {
  private static final AtomicInteger USERS = new AtomicInteger();
  private final InMemoryMailboxStore store = new InMemoryMailboxStore();

  @Override
  public MailboxStore store() {
    return store;
  }

  @Override
  public MailboxReader reader() {
    return store;
  }

  @Override
  public UserId addUser() {
    var user = new UserId("%024x".formatted(USERS.incrementAndGet()));
    store.addUser(user);
    return user;
  }

  @Override
  public long used(UserId user) {
    return store.inbox(user).stream().mapToLong(delivery -> delivery.message().length()).sum();
  }
}
