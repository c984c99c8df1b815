package io.posthouse.mongo;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// bcrypt as WildDuck writes it where it is set to, and as older systems left it: `$2a$`, `$2b$` or
/// `$2y$`, which differ in faults of long ago only. Of a password it sees 72 octets.
record Bcrypt(String text) implements PasswordHash {
  // Each step doubles the time; this one is some seconds.
  private static final int HIGHEST_COST = 16;
  private static final Pattern SHAPE =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[A-Za-z0-9./]{53}");

  /// The hash in `text`, or empty where it is of another kind.
  static Optional<Bcrypt> parse(String text) {
    var found = SHAPE.matcher(text);
    if (!found.matches()) return Optional.empty();
    var cost = Integer.parseInt(found.group(1));
    return cost < BCrypt.MIN_COST || cost > HIGHEST_COST
        ? Optional.empty()
        : Optional.of(new Bcrypt(text));
  }

  @Override
  public boolean matches(String password) {
    var version = BCrypt.Version.VERSION_2A;
    return BCrypt.verifyer(version, LongPasswordStrategies.truncate(version))
        .verify(password.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.US_ASCII))
        .verified;
  }
}
