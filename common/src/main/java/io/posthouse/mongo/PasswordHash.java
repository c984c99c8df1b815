package io.posthouse.mongo;

import java.util.Optional;

/// A password as WildDuck keeps it.
sealed interface PasswordHash permits Bcrypt, Pbkdf2 {
  /// Slow on purpose. The time taken says nothing about how nearly it matches.
  boolean matches(String password);

  /// As it stands in the database.
  String text();

  /// The hash in `text`, or empty where it is of a kind that we do not know.
  static Optional<PasswordHash> parse(String text) {
    return Pbkdf2.parse(text).<PasswordHash>map(hash -> hash).or(() -> Bcrypt.parse(text));
  }
}
