package io.posthouse.directory;

import io.posthouse.message.Octets;

final class NoLogins implements Logins {
  private static final ScramKeys KEYS = ScramKeys.of(Octets.utf8("nobody"), Octets.EMPTY, 4096);

  @Override
  public Login check(String userName, String password) {
    return new Login.Wrong();
  }

  @Override
  public Login named(String userName) {
    return new Login.Wrong();
  }

  @Override
  public Scram scram(String userName) {
    return new Scram.Decoy(KEYS);
  }
}
