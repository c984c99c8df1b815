package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Directory;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.DirectoryContract;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.EmbeddedMongo;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With a server of its own for each test, because some of them stop it.
final class MongoDirectoryIT implements DirectoryContract {
  private final EmbeddedMongo server = EmbeddedMongo.inMemory();
  private final Mongo mongo =
      Mongo.connect(server.uri() + "/?serverSelectionTimeoutMS=200", "directory");
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private final MongoDirectory directory =
      new MongoDirectory(
          mongo,
          Set.of(new Domain("configured.example")),
          () -> now,
          MongoDirectory.Freshness.DEFAULT);

  @AfterEach
  void close() {
    mongo.close();
    server.close();
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public UserId addUser(String address) {
    try {
      var created = new MongoUsers(mongo).create(MailAddress.of(address), "secret", 0);
      return assertInstanceOf(MongoUsers.Creation.Created.class, created).user();
    } catch (MongoDown down) {
      throw new AssertionError(down);
    }
  }

  @Override
  public void addAlias(String alias, String target) {
    mongo
        .database()
        .getCollection(Names.DOMAIN_ALIASES)
        .insertOne(new Document("alias", alias).append("domain", target));
  }

  @Override
  public void disable(UserId user, String address) {
    update(user, Updates.set("disabled", true));
  }

  @Override
  public void fillUp(UserId user, String address) {
    update(user, Updates.combine(Updates.set("quota", 100), Updates.set("storageUsed", 100)));
  }

  @Override
  public void breakDown() {
    server.close();
  }

  @Test
  void a_known_recipient_outlives_the_database() {
    var bob = addUser("bob@example.net");
    resolve("bob@example.net");
    server.close();
    now = now.plus(Duration.ofDays(1));
    assertEquals(new Resolution.LocalUser(bob), resolve("bob@example.net"));
  }

  @Test
  void a_refusal_that_is_not_fresh_is_not_given() {
    addUser("bob@example.net");
    assertEquals(new Resolution.NoSuchUser(), resolve("alice@example.net"));
    server.close();
    now = now.plusSeconds(11);
    assertInstanceOf(Resolution.Unavailable.class, resolve("alice@example.net"));
  }

  @Test
  void a_new_user_is_known_ten_seconds_after_a_refusal() {
    addUser("bob@example.net");
    assertEquals(new Resolution.NoSuchUser(), resolve("alice@example.net"));
    var alice = addUser("alice@example.net");
    now = now.plusSeconds(11);
    assertEquals(new Resolution.LocalUser(alice), resolve("alice@example.net"));
  }

  @Test
  void a_user_who_was_disabled_is_refused_after_a_minute() {
    var bob = addUser("bob@example.net");
    resolve("bob@example.net");
    disable(bob, "bob@example.net");
    now = now.plusSeconds(61);
    assertEquals(new Resolution.Disabled(bob), resolve("bob@example.net"));
  }

  @Test
  void a_configured_domain_is_ours_without_an_address_in_it() {
    assertEquals(new Resolution.NoSuchUser(), resolve("bob@configured.example"));
  }

  private Resolution resolve(String address) {
    return directory.resolve(MailAddress.of(address));
  }

  private void update(UserId user, Bson change) {
    mongo
        .database()
        .getCollection(Names.USERS)
        .updateOne(Filters.eq("_id", new ObjectId(user.hex())), change);
  }
}
