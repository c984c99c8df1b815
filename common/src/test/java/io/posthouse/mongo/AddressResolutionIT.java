package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.EmbeddedMongo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who has an address, in WildDuck's collections: every rule of how it looks for one.
final class AddressResolutionIT {
  private final EmbeddedMongo server = EmbeddedMongo.inMemory();
  private final Mongo mongo = Mongo.connect(server.uri(), "directory");
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private final MongoDirectory directory =
      new MongoDirectory(mongo, Set.of(), () -> now, MongoDirectory.Freshness.DEFAULT);

  @BeforeEach
  void fill() {
    domain("d.example");
    domain("t.example");
    insert(
        Names.DOMAIN_ALIASES, new Document("alias", "alias.example").append("domain", "t.example"));
    for (var addrview :
        List.of(
            "bob@d.example",
            "sales*@d.example",
            "sal*@d.example",
            "*list@d.example",
            "*@d.example",
            "carol@t.example",
            "c*@t.example",
            "ca*@t.example",
            "carol@alias.example",
            "info@*",
            "unlisted@other.example")) user(addrview);
  }

  @AfterEach
  void close() {
    mongo.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    // The very address, however it is spelt.
    "bob@d.example, bob@d.example",
    "B.o.b+tag@D.EXAMPLE, bob@d.example",
    // The longest wildcard, before or behind; a dot and a tag count for nothing.
    "sales.eu@d.example, sales*@d.example",
    "salary@d.example, sal*@d.example",
    "s.a.l.e.s+x@d.example, sales*@d.example",
    "my-list@d.example, *list@d.example",
    "sal-list@d.example, *list@d.example",
    "anybody@d.example, *@d.example",
    // A domain's alias: its own addresses, then those of its target.
    "carol@alias.example, carol@alias.example",
    "carol@t.example, carol@t.example",
    "caro@t.example, ca*@t.example",
    // At the target of an alias the shortest wildcard wins.
    "caro@alias.example, c*@t.example",
    // A name at all our domains, when nothing else fits.
    "info@t.example, info@*",
    "info@alias.example, info@*",
    "info@d.example, *@d.example",
    // An address in a domain that nobody listed.
    "unlisted@other.example, unlisted@other.example"
  })
  void an_address_is_the_user_s_whose_key_fits_first(String address, String addrview) {
    assertEquals(new Resolution.LocalUser(userOf(addrview)), resolve(address));
  }

  @ParameterizedTest
  @CsvSource({"zoe@t.example", "*@d.example", "bo*@d.example", "zoe@alias.example"})
  void nobody_has_an_address_that_nothing_fits(String address) {
    assertEquals(new Resolution.NoSuchUser(), resolve(address));
  }

  @ParameterizedTest
  @CsvSource({"info@elsewhere.example", "x*y@elsewhere.example", "zoe@other.example"})
  void a_domain_of_others_is_not_local(String address) {
    assertEquals(new Resolution.NotLocal(), resolve(address));
  }

  @Test
  void only_listed_domains_are_ours_where_wildduck_is_told_so() {
    setting("const:domaincache:enabled", true);
    assertEquals(new Resolution.NotLocal(), resolve("unlisted@other.example"));
    assertEquals(new Resolution.LocalUser(userOf("bob@d.example")), resolve("bob@d.example"));
  }

  @Test
  void an_address_without_a_user_is_forwarded_to_its_targets() {
    var us = forwarded("us@d.example", new Document("forwards", 7));
    assertEquals(new Resolution.Forwarded(us, 2, 7), resolve("u.s+x@d.example"));
  }

  @Test
  void a_forwarded_address_has_the_limit_of_all_where_it_has_none_of_its_own() {
    var us = forwarded("us@d.example", new Document());
    assertEquals(new Resolution.Forwarded(us, 2, 2000), resolve("us@d.example"));
    setting("const:max:forwards", 30);
    now = now.plusSeconds(61);
    assertEquals(new Resolution.Forwarded(us, 2, 30), resolve("us@d.example"));
  }

  @Test
  void a_forwarded_address_may_be_a_wildcard() {
    var all = forwarded("*@t.example", new Document());
    assertEquals(new Resolution.Forwarded(all, 2, 2000), resolve("zoe@t.example"));
  }

  @Test
  void a_forwarded_address_may_be_closed() {
    var us = forwarded("us@d.example", new Document("forwardedDisabled", true));
    assertEquals(new Resolution.Closed(us), resolve("us@d.example"));
  }

  @Test
  void nobody_has_an_address_with_neither_user_nor_targets() {
    insert(
        Names.ADDRESSES, new Document("addrview", "empty@t.example").append("targets", List.of()));
    assertEquals(new Resolution.NoSuchUser(), resolve("empty@t.example"));
  }

  @Test
  void nobody_has_an_address_whose_user_is_gone() {
    insert(
        Names.ADDRESSES, new Document("addrview", "gone@t.example").append("user", new ObjectId()));
    assertEquals(new Resolution.NoSuchUser(), resolve("gone@t.example"));
  }

  @Test
  void a_suspended_user_gets_mail_and_a_disabled_one_does_not() {
    change("bob@d.example", new Document("suspended", true));
    change("carol@t.example", new Document("disabled", true));
    assertEquals(new Resolution.LocalUser(userOf("bob@d.example")), resolve("bob@d.example"));
    assertEquals(new Resolution.Disabled(userOf("carol@t.example")), resolve("carol@t.example"));
  }

  @ParameterizedTest
  @CsvSource({
    // quota, stored, the platform's own, full
    "0, 1073741823, , false",
    "0, 1073741824, , true",
    "0, 500, 500, true",
    "0, 499, 500, false",
    "600, 500, 500, false",
    "600, 600, 5000, true"
  })
  void a_mailbox_is_full_at_its_own_quota_or_at_that_of_all(
      long quota, long stored, Long everybodys, boolean full) {
    if (everybodys != null) setting("const:max:storage", everybodys);
    change("bob@d.example", new Document("quota", quota).append("storageUsed", stored));
    var bob = userOf("bob@d.example");
    assertEquals(
        full ? new Resolution.OverQuota(bob) : new Resolution.LocalUser(bob),
        resolve("bob@d.example"));
  }

  @Test
  void a_user_may_have_a_limit_of_its_own() {
    change("bob@d.example", new Document("receivedMax", 5));
    assertEquals(new Resolution.LocalUser(userOf("bob@d.example"), 5), resolve("bob@d.example"));
  }

  @Test
  void a_wildcard_s_address_is_cached_under_its_own_name() {
    resolve("anybody@d.example");
    assertEquals(new Resolution.LocalUser(userOf("bob@d.example")), resolve("bob@d.example"));
    assertEquals(
        new Resolution.LocalUser(userOf("*@d.example")),
        directory.remembered(MailAddress.of("anybody@d.example")).orElseThrow());
  }

  private Resolution resolve(String address) {
    return directory.resolve(MailAddress.of(address));
  }

  private void user(String addrview) {
    var user = new ObjectId();
    insert(
        Names.USERS,
        new Document("_id", user).append("username", addrview).append("unameview", addrview));
    insert(Names.ADDRESSES, new Document("addrview", addrview).append("user", user));
  }

  private UserId userOf(String addrview) {
    var found =
        mongo
            .database()
            .getCollection(Names.USERS)
            .find(new Document("unameview", addrview))
            .first();
    if (found == null) throw new AssertionError("no user " + addrview);
    return new UserId(found.getObjectId("_id").toHexString());
  }

  private AddressId forwarded(String addrview, Document more) {
    var id = new ObjectId();
    var document =
        new Document("_id", id)
            .append("addrview", addrview)
            .append(
                "targets",
                List.of(
                    new Document("type", "mail").append("value", "someone@example.org"),
                    new Document("type", "relay").append("value", "smtp://relay.example.org")));
    document.putAll(more);
    insert(Names.ADDRESSES, document);
    return new AddressId(id.toHexString());
  }

  private void change(String addrview, Document fields) {
    mongo
        .database()
        .getCollection(Names.USERS)
        .updateOne(new Document("unameview", addrview), new Document("$set", fields));
  }

  private void domain(String domain) {
    insert(Names.DOMAIN_CACHE, new Document("domain", domain));
  }

  private void setting(String key, Object value) {
    insert(Names.SETTINGS, new Document("key", key).append("value", value));
  }

  private void insert(String collection, Document document) {
    mongo.database().getCollection(collection).insertOne(document);
  }
}
