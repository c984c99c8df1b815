package io.posthouse.mongo;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.UserChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;

/// All that the directory knows of a user, and changes of it.
public final class MongoProfiles {
  private static final int DEFAULT_SPAM_LEVEL = 50;

  private final Mongo mongo;

  public MongoProfiles(Mongo mongo) {
    this.mongo = mongo;
  }

  /// A user, with everything that can be set.
  ///
  /// @param user what lists of users show
  /// @param called the user's own name
  /// @param addresses all of them, by their text
  /// @param targets where all mail is sent on to
  /// @param recipients a day, of what the user sends; 0 for the default, as below
  /// @param forwards a day
  /// @param receivedMax messages a minute
  /// @param encrypts whether what is stored shall be encrypted
  /// @param hasKey whether there is an OpenPGP key for that
  public record Profile(
      MongoUsers.User user,
      String called,
      List<String> addresses,
      boolean suspended,
      int spamLevel,
      List<ForwardTarget> targets,
      List<String> tags,
      long recipients,
      long forwards,
      long receivedMax,
      boolean encrypts,
      boolean hasKey,
      Instant created) {
    public Profile {
      addresses = List.copyOf(addresses);
      targets = List.copyOf(targets);
      tags = List.copyOf(tags);
    }
  }

  public sealed interface Answer {
    record Changed() implements Answer {}

    record NoSuchUser() implements Answer {}

    /// Encryption was asked for, and there is no key of the user.
    record NoKey() implements Answer {}
  }

  /// The profile of the user with this user name or address.
  public Optional<Profile> find(String name) throws MongoDown {
    return mongo.ask(db -> MongoUsers.document(db, name).map(user -> profile(db, user)));
  }

  /// Makes all changes at once, or none.
  public Answer change(String name, List<? extends UserChange> changes) throws MongoDown {
    return mongo.ask(db ->
        MongoUsers.document(db, name)
            .map(user -> change(db, user.getObjectId("_id"), changes))
            .orElseGet(Answer.NoSuchUser::new));
  }

  private static Answer change(MongoDatabase db, ObjectId id, List<? extends UserChange> changes) {
    if (changes.contains(new UserChange.Encryption(true)) && !hasKey(db, id, changes))
      return new Answer.NoKey();
    var users = db.getCollection(Names.USERS);
    return users.updateOne(eq("_id", id), UserUpdates.of(changes)).getMatchedCount() == 1
        ? new Answer.Changed()
        : new Answer.NoSuchUser();
  }

  private static boolean hasKey(MongoDatabase db, ObjectId id, List<? extends UserChange> changes) {
    return changes.stream().anyMatch(UserChange.PublicKey.class::isInstance)
        || hasKey(user(db, id));
  }

  /// OpenPGP, or certificates for S/MIME.
  private static boolean hasKey(Document user) {
    return !user.get("pubKey", "").isEmpty()
        || !user.getList("smimeCerts", Object.class, List.of()).isEmpty();
  }

  private static Document user(MongoDatabase db, ObjectId id) {
    var found = db.getCollection(Names.USERS).find(eq("_id", id)).first();
    return found == null ? new Document() : found;
  }

  private static Profile profile(MongoDatabase db, Document found) {
    var user = user(db, found.getObjectId("_id"));
    if (user.isEmpty()) user = found;
    return new Profile(
        MongoUsers.user(user),
        text(user, "name"),
        addresses(db, user.getObjectId("_id")),
        user.getBoolean("suspended", false),
        user.get("spamLevel") instanceof Number level ? level.intValue() : DEFAULT_SPAM_LEVEL,
        UserUpdates.targets(user),
        user.getList("tags", String.class, List.of()),
        DirectoryLookup.number(user, "recipients"),
        DirectoryLookup.number(user, "forwards"),
        DirectoryLookup.number(user, "receivedMax"),
        user.getBoolean("encryptMessages", false),
        hasKey(user),
        user.get("created") instanceof Date created ? created.toInstant() : Instant.EPOCH);
  }

  private static List<String> addresses(MongoDatabase db, ObjectId user) {
    return db.getCollection(Names.ADDRESSES)
        .find(eq("user", user))
        .sort(new Document("address", 1))
        .map(address -> text(address, "address"))
        .into(new ArrayList<>());
  }

  private static String text(Document document, String field) {
    return document.get(field) instanceof String text ? text : "";
  }
}
