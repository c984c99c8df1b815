package io.posthouse.directory;

import io.posthouse.message.Octets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Logins that a test fills.
public final class InMemoryLogins implements Logins {
  private static final Octets SALT = Octets.utf8("sixteen octets..");
  private static final int ROUNDS = 4096;

  private record Known(Account account, String password, ScramKeys keys) {}

  private final Map<String, Known> accounts = new ConcurrentHashMap<>();
  private volatile Optional<String> trouble = Optional.empty();

  public void add(String userName, String password, UserId user) {
    add(new Account(user, userName, 0), password);
  }

  public void add(Account account, String password) {
    accounts.put(account.name(), new Known(account, password, keys(password)));
  }

  /// From now on nobody can be checked.
  public void breakDown(String why) {
    trouble = Optional.of(why);
  }

  public void recover() {
    trouble = Optional.empty();
  }

  @Override
  public Login named(String userName) {
    if (trouble.isPresent()) return new Login.Unavailable(trouble.get());
    var account = accounts.get(userName);
    return account == null ? new Login.Wrong() : new Login.Welcome(account.account());
  }

  @Override
  public Scram scram(String userName) {
    if (trouble.isPresent()) return new Scram.Unavailable(trouble.get());
    var account = accounts.get(userName);
    return account == null
        ? Logins.NOBODY.scram(userName)
        : new Scram.Keys(account.keys(), account.account());
  }

  @Override
  public Login check(String userName, String password) {
    if (trouble.isPresent()) return new Login.Unavailable(trouble.get());
    var account = accounts.get(userName);
    if (account == null || !account.password().equals(password)) return new Login.Wrong();
    return new Login.Welcome(account.account());
  }

  private static ScramKeys keys(String password) {
    try {
      var spec = new PBEKeySpec(password.toCharArray(), SALT.toArray(), ROUNDS, 256);
      var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
      var salted = Octets.of(factory.generateSecret(spec).getEncoded());
      return ScramKeys.of(salted, SALT, ROUNDS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
