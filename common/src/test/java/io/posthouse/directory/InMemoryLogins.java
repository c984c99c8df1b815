package io.posthouse.directory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Logins that a test fills.
public final class InMemoryLogins implements Logins {
  private record Known(UserId user, String password) {}

  private final Map<String, Known> accounts = new ConcurrentHashMap<>();
  private volatile Optional<String> trouble = Optional.empty();

  public void add(String userName, String password, UserId user) {
    accounts.put(userName, new Known(user, password));
  }

  /// From now on nobody can be checked.
  public void breakDown(String why) {
    trouble = Optional.of(why);
  }

  public void recover() {
    trouble = Optional.empty();
  }

  @Override
  public Login check(String userName, String password) {
    if (trouble.isPresent()) return new Login.Unavailable(trouble.get());
    var account = accounts.get(userName);
    if (account == null || !account.password().equals(password)) return new Login.Wrong();
    return new Login.Welcome(new Account(account.user(), userName, 0));
  }
}
