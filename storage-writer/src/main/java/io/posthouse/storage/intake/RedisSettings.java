package io.posthouse.storage.intake;

import io.posthouse.config.Form;
import io.posthouse.config.Secret;
import io.posthouse.config.Settings;
import java.util.Optional;
import java.util.regex.Pattern;

/// The section `storage.redis`: the Redis that WildDuck uses.
///
/// @param uri where it is; `rediss` is with TLS
/// @param database the one the URI names, else WildDuck's
/// @param password where it is not in the URI
public record RedisSettings(Secret uri, int database, Optional<Secret> password) {
  /// WildDuck's default.
  private static final int WILDDUCK = 3;

  private static final Pattern URI =
      Pattern.compile(
          "(?:rediss?|redis-sentinel|rediss-sentinel)://(?:[^/@]*@)?[^/@?#]+"
              + "(?:/(?<database>[0-9]{1,4})?)?(?:\\?[^#]*)?(?:#.*)?");
  private static final Form<Secret> FORM =
      Form.of(
          "redis://[USER:PASSWORD@]HOST[:PORT][/DATABASE], rediss:// with TLS, or"
              + " redis-sentinel://HOST[,HOST][/DATABASE]#MASTER",
          RedisSettings::parse);

  /// What is written; empty where no `uri` is.
  public static Optional<RedisSettings> read(Settings in) {
    var uri =
        in.about(
                "WildDuck's Redis, to wake IMAP sessions; without it they see new mail when they"
                    + " look")
            .optional("uri", FORM);
    var password = in.about("its password, best as ${file:PATH} or ${env:NAME}").secret("password");
    if (uri.isEmpty() && password.isPresent())
      in.problem("password", "nothing to use it with (expected: uri beside it)");
    return uri.map(found -> new RedisSettings(found, database(found), password));
  }

  private static Secret parse(String text) {
    if (!URI.matcher(text).matches()) throw new IllegalArgumentException("uri");
    return Secret.uri(text);
  }

  private static int database(Secret uri) {
    var found = URI.matcher(uri.text());
    return found.matches() && found.group("database") != null
        ? Integer.parseInt(found.group("database"))
        : WILDDUCK;
  }
}
