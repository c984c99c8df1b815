package io.posthouse.directory;

/// Who may log in to send mail. What is asked here waits for a database, and checking a password is
/// slow on purpose; ask on a virtual thread, never on an event loop.
public interface Logins {
  /// Nobody may.
  Logins NOBODY = new NoLogins();

  /// Is this the user's password, or one that the user's applications have for sending mail?
  Login check(String userName, String password);

  /// The user of this name, who has proved it otherwise.
  Login named(String userName);

  /// What a proof of the user's password is checked with, which is no proof itself.
  Scram scram(String userName);

  sealed interface Login {
    record Welcome(Account account) implements Login {}

    /// Wrong user name or password, and we do not say which: 535 5.7.8.
    record Wrong() implements Login {}

    /// We could not find out: 454 4.7.0, never counted against the account.
    record Unavailable(String why) implements Login {}
  }

  /// The answer to a user name.
  sealed interface Scram {
    record Keys(ScramKeys keys, Account account) implements Scram {}

    /// Keys that no proof fits, always the same ones for a name: nobody can tell from them that
    /// there is no such user, or none whose password we have in a form that serves.
    record Decoy(ScramKeys keys) implements Scram {}

    record Unavailable(String why) implements Scram {}
  }
}
