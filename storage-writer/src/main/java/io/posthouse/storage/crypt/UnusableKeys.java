package io.posthouse.storage.crypt;

/// There is no key among a user's that mail can be encrypted for.
final class UnusableKeys extends Exception {
  private static final long serialVersionUID = 1;

  UnusableKeys(String why) {
    super(why);
  }
}
