package io.posthouse.mongo;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.Account;
import io.posthouse.directory.Logins;
import io.posthouse.directory.UserId;
import java.util.Optional;
import org.bson.Document;

/// Logins of WildDuck's users, by user name or by any of their addresses.
public final class MongoLogins implements Logins {
  /// Checked where there is no such user, so that the time taken does not tell.
  private static final PasswordHash NOBODY = PasswordHash.of("nobody has this password");

  private final Mongo mongo;

  public MongoLogins(Mongo mongo) {
    this.mongo = mongo;
  }

  @Override
  public Login check(String userName, String password) {
    try {
      return answer(find(userName), password);
    } catch (MongoDown down) {
      return new Login.Unavailable(down.why());
    }
  }

  private Optional<Document> find(String userName) throws MongoDown {
    return mongo.ask(db -> {
      var lookup = new DirectoryLookup(db);
      return lookup
          .userNamed(userName)
          .or(() -> MailAddress.parse(userName.strip()).flatMap(lookup::userOf));
    });
  }

  private static Login answer(Optional<Document> user, String password) {
    var hash = user.map(u -> u.getString("password")).flatMap(PasswordHash::parse);
    var right = hash.orElse(NOBODY).matches(password);
    if (!right || hash.isEmpty() || isLockedOut(user.get())) return new Login.Wrong();
    var id = new UserId(user.get().getObjectId("_id").toHexString());
    return new Login.Welcome(
        new Account(
            id,
            user.get().getString("username"),
            DirectoryLookup.number(user.get(), "recipients")));
  }

  private static boolean isLockedOut(Document user) {
    return user.getBoolean("disabled", false) || user.getBoolean("suspended", false);
  }
}
