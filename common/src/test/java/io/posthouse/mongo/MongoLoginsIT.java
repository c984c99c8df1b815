package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Logins.Login;
import io.posthouse.directory.Logins.Scram;
import io.posthouse.directory.ScramKeys;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.MongoUsers.Creation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Users as WildDuck makes them.
final class MongoLoginsIT {
  private static final String BOB = "bob@example.net";
  private static final String APPLICATION_PASSWORD = "abcdefghijklmnop";

  private final String database = TestMongo.shared().freshDatabase(getClass());
  private final Mongo mongo = Mongo.connect(TestMongo.shared().uri(), database);
  private final MongoLogins logins = new MongoLogins(mongo, Hashing.byDefault());
  private UserId bob = new UserId("0".repeat(24));

  @BeforeEach
  void addBob() throws MongoDown {
    var created = new MongoUsers(mongo).create(MailAddress.of(BOB), "secret", 0);
    bob = assertInstanceOf(Creation.Created.class, created).user();
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void an_application_password_is_taken_with_its_blanks_and_in_any_case() {
    addApplication("*");
    welcome(APPLICATION_PASSWORD);
    welcome("ABCD efgh ijkl mnop");
    welcome("secret");
    wrong("abcdefghijklmnoq");
  }

  @Test
  void an_application_password_for_something_else_is_wrong() {
    addApplication("imap");
    wrong(APPLICATION_PASSWORD);
    addApplication("smtp");
    welcome(APPLICATION_PASSWORD);
  }

  @Test
  void an_application_password_that_has_expired_is_wrong_and_one_that_is_used_lives_on() {
    var id = addApplication("smtp");
    setApplication(id, "ttl", 3600);
    setApplication(id, "expires", Instant.now().plusSeconds(5));
    welcome(APPLICATION_PASSWORD);
    assertTrue(application(id).getDate("expires").toInstant().isAfter(in(Duration.ofMinutes(30))));
    setApplication(id, "expires", Instant.now().minusSeconds(5));
    wrong(APPLICATION_PASSWORD);
  }

  @Test
  void who_has_a_second_factor_needs_an_application_password() {
    set("enabled2fa", List.of("totp"));
    wrong("secret");
    assertInstanceOf(Scram.Decoy.class, logins.scram(BOB));
    addApplication("smtp");
    welcome(APPLICATION_PASSWORD);
  }

  @Test
  void a_temporary_password_is_not_for_sending_mail() {
    var temporary = new Document("password", Pbkdf2.of("temporary").text());
    set("tempPassword", temporary.append("created", Instant.now()));
    wrong("temporary");
    welcome("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled", "suspended"})
  void who_may_not_log_in_does_not(String field) {
    set(field, true);
    wrong("secret");
    assertEquals(new Login.Wrong(), logins.named(BOB));
    assertInstanceOf(Scram.Decoy.class, logins.scram(BOB));
  }

  @Test
  void who_may_not_use_smtp_does_not() {
    set("disabledScopes", List.of("imap"));
    welcome("secret");
    set("disabledScopes", List.of("imap", "smtp"));
    wrong("secret");
  }

  @Test
  void bcrypt_serves_but_for_scram_and_nobody_has_an_empty_password() {
    set("password", "$2b$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i");
    welcome("abc");
    wrong("abd");
    assertInstanceOf(Scram.Decoy.class, logins.scram(BOB));
    set("password", BCrypt.withDefaults().hashToString(4, new char[0]));
    wrong("");
  }

  @Test
  void a_hash_that_we_do_not_know_is_our_lack() {
    set("password", "$9$of-a-kind-to-come");
    assertInstanceOf(Login.Unavailable.class, logins.check(BOB, "secret"));
  }

  @Test
  void an_address_at_a_domain_that_stands_for_another_is_a_user_name_too() {
    mongo
        .database()
        .getCollection("domainaliases")
        .insertOne(new Document("alias", "example.com").append("domain", "example.net"));
    assertInstanceOf(Login.Welcome.class, logins.check("bob@example.com", "secret"));
  }

  @Test
  void a_user_brings_the_limit_of_recipients_along() {
    set("recipients", 250);
    var welcome = assertInstanceOf(Login.Welcome.class, logins.named(BOB));
    assertEquals(250, welcome.account().recipientsPerDay());
  }

  @Test
  void two_nodes_have_the_same_salt_for_a_name_that_there_is_not_and_the_rounds_of_users() {
    set("password", "$pbkdf2-sha256$i=100000$AAAAAAAAAAAAAAAAAAAAAA$AAAA");
    var one = decoy(logins, "nobody@example.net");
    assertEquals(one, decoy(new MongoLogins(mongo, Hashing.byDefault()), "nobody@example.net"));
    assertNotEquals(one.salt(), decoy(logins, "nobody2@example.net").salt());
    assertEquals(16, one.salt().length());
    assertEquals(100_000, one.rounds());
  }

  @Test
  void a_user_has_keys_for_scram() {
    var keys = assertInstanceOf(Scram.Keys.class, logins.scram(BOB));
    assertEquals(bob, keys.account().id());
    assertEquals(Pbkdf2.ROUNDS, keys.keys().rounds());
  }

  @Test
  void when_too_many_passwords_are_checked_nobody_is_told_that_theirs_is_wrong() {
    var closed = new MongoLogins(mongo, new Hashing(0, Duration.ofMillis(1)));
    assertInstanceOf(Login.Unavailable.class, closed.check(BOB, "secret"));
    assertInstanceOf(Login.Unavailable.class, closed.check("nobody", "secret"));
  }

  private static ScramKeys decoy(MongoLogins logins, String name) {
    return assertInstanceOf(Scram.Decoy.class, logins.scram(name)).keys();
  }

  private void welcome(String password) {
    var login = assertInstanceOf(Login.Welcome.class, logins.check(BOB, password));
    assertEquals(bob, login.account().id());
  }

  private void wrong(String password) {
    assertEquals(new Login.Wrong(), logins.check(BOB, password));
  }

  private void set(String field, Object value) {
    mongo
        .database()
        .getCollection("users")
        .updateOne(Filters.eq("_id", new ObjectId(bob.hex())), Updates.set(field, value));
  }

  private ObjectId addApplication(String scope) {
    var id = new ObjectId();
    mongo
        .database()
        .getCollection("asps")
        .insertOne(
            new Document("_id", id)
                .append("user", new ObjectId(bob.hex()))
                .append("scopes", List.of(scope))
                .append("selector", Credential.selector(APPLICATION_PASSWORD))
                .append("password", Pbkdf2.of(APPLICATION_PASSWORD).text()));
    return id;
  }

  private void setApplication(ObjectId id, String field, Object value) {
    mongo
        .database()
        .getCollection("asps")
        .updateOne(Filters.eq("_id", id), Updates.set(field, value));
  }

  private Document application(ObjectId id) {
    var found = mongo.database().getCollection("asps").find(Filters.eq("_id", id)).first();
    return found == null ? new Document() : found;
  }

  private static Instant in(Duration time) {
    return Instant.now().plus(time);
  }
}
