package io.posthouse.directory;

/// Who may log in. Checking a password is slow on purpose; ask on a virtual thread, never on an
/// event loop.
public interface Logins {
  Login check(String userName, String password);

  sealed interface Login {
    record Welcome(Account account) implements Login {}

    /// Wrong user name or password, and we do not say which: 535 5.7.8.
    record Wrong() implements Login {}

    /// We could not find out: 454 4.7.0, never counted against the account.
    record Unavailable(String why) implements Login {}
  }
}
