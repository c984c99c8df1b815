package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.Account;
import io.posthouse.directory.Logins.Login;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.MongoUsers.Creation;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MongoUsersIT {
  private final Mongo mongo =
      Mongo.connect(TestMongo.shared().uri(), TestMongo.shared().freshDatabase(getClass()));
  private final MongoUsers users = new MongoUsers(mongo);
  private final MongoLogins logins = new MongoLogins(mongo, Hashing.byDefault());

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void a_user_logs_in_by_name_or_address_and_nobody_else_does() throws MongoDown {
    var bob = create("bob.by@example.net");
    assertEquals(
        new Login.Welcome(new Account(bob, "bob.by@example.net", 0)),
        logins.check("bob.by@example.net", "secret"));
    assertEquals(
        new Login.Welcome(new Account(bob, "bob.by@example.net", 0)),
        logins.check("BobBy@example.net", "secret"));
    assertEquals(new Login.Wrong(), logins.check("bob.by@example.net", "Secret"));
    assertEquals(new Login.Wrong(), logins.check("bob.by@example.net", ""));
    assertEquals(new Login.Wrong(), logins.check("alice@example.net", "secret"));
  }

  @Test
  void a_new_password_replaces_the_old_one() throws MongoDown {
    create("bob@example.net");
    assertTrue(users.setPassword("bob@example.net", "other"));
    assertEquals(new Login.Wrong(), logins.check("bob@example.net", "secret"));
    assertInstanceOf(Login.Welcome.class, logins.check("bob@example.net", "other"));
    assertFalse(users.setPassword("alice@example.net", "other"));
  }

  @Test
  void an_address_is_taken_whatever_its_dots_and_case() throws MongoDown {
    create("bob.by@example.net");
    assertEquals(
        new Creation.AddressTaken(), users.create(MailAddress.of("BOBBY@example.net"), "x", 0));
    assertEquals(1, users.list().size());
    assertEquals(5, count("mailboxes"));
  }

  @Test
  void a_user_has_five_folders_an_address_and_a_domain() throws MongoDown {
    var bob = create("bob@example.net");
    var inbox =
        mongo
            .database()
            .getCollection("mailboxes")
            .find(new Document("user", new ObjectId(bob.hex())).append("path", "INBOX"))
            .first();
    assertEquals(1, inbox == null ? -1 : inbox.getInteger("uidNext"));
    assertEquals(5, count("mailboxes"));
    assertEquals(1, count("addresses"));
    assertEquals(1, count("domaincache"));
  }

  @Test
  void a_user_who_is_removed_leaves_nothing_but_the_domain() throws MongoDown {
    var bob = create("bob@example.net");
    create("alice@example.net");
    users.remove(bob);
    users.remove(bob);
    assertTrue(users.find("bob@example.net").isEmpty());
    assertEquals(5, count("mailboxes"));
    assertEquals(1, count("addresses"));
    assertEquals(1, count("domaincache"));
    create("bob@example.net");
  }

  @Test
  void users_are_listed_by_name() throws MongoDown {
    create("bob@example.net");
    create("alice@example.net");
    assertEquals(
        List.of("alice@example.net", "bob@example.net"),
        users.list().stream().map(MongoUsers.User::name).toList());
    assertEquals("bob@example.net", users.find("bob@example.net").orElseThrow().address());
    assertTrue(users.find("carol@example.net").isEmpty());
  }

  @Test
  void a_tag_or_an_empty_password_makes_no_user() {
    assertThrows(
        IllegalArgumentException.class,
        () -> users.create(MailAddress.of("bob+tag@example.net"), "x", 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> users.create(MailAddress.of("bob@example.net"), "", 0));
  }

  @Test
  void a_database_that_is_down_is_no_wrong_password() {
    try (var nowhere = Mongo.connect("mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50", "x")) {
      assertInstanceOf(
          Login.Unavailable.class,
          new MongoLogins(nowhere, Hashing.byDefault()).check("bob@example.net", "secret"));
    }
  }

  private UserId create(String address) throws MongoDown {
    var created = users.create(MailAddress.of(address), "secret", 0);
    return assertInstanceOf(Creation.Created.class, created).user();
  }

  private long count(String collection) {
    return mongo.database().getCollection(collection).countDocuments();
  }
}
