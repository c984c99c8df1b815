package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.dkim.SigningKeys.Found;
import io.posthouse.dkim.SigningWorld;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.MailEvent.SigningKeySeen;
import io.posthouse.telemetry.SigningKeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With a server of its own for each test, because some of them stop it.
class MongoSigningKeysIT {
  private final EmbeddedMongo server = EmbeddedMongo.inMemory();
  private final Mongo mongo =
      Mongo.connect(server.uri() + "/?serverSelectionTimeoutMS=200", "directory");
  private final List<MailEvent> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private final MongoSigningKeys keys =
      new MongoSigningKeys(mongo, EncryptedTextTest.SECRET, events::add, () -> now);

  @AfterEach
  void close() {
    mongo.close();
    server.close();
  }

  @Test
  void a_domain_signs_with_its_key_and_others_with_none() {
    add("example.net", "s1", SigningWorld.pem("RSA"));
    assertEquals("[s1 (rsa-sha256)]", shown(keys.of(new Domain("example.net"))));
    assertEquals("NoKey[]", shown(keys.of(new Domain("example.org"))));
    assertEquals("NoKey[]", shown(keys.ofAnyDomain()));
    assertEquals("NoKey[]", shown(keys.of(new Domain("[192.0.2.1]"))));
  }

  @Test
  void an_encrypted_key_signs() {
    add("*", "s1", EncryptedTextTest.ENCRYPTED);
    assertEquals("[s1 (ed25519-sha256)]", shown(keys.ofAnyDomain()));
  }

  @Test
  void an_alias_signs_with_the_key_of_what_it_stands_for() {
    add("example.net", "s1", SigningWorld.pem("Ed25519"));
    mongo
        .database()
        .getCollection(Names.DOMAIN_ALIASES)
        .insertOne(new Document("alias", "example.org").append("domain", "example.net"));
    assertEquals("[s1 (ed25519-sha256)]", shown(keys.of(new Domain("example.org"))));
  }

  @Test
  void an_international_domain_is_found_as_wildduck_writes_it() {
    add("b\u00fccher.example", "s1", SigningWorld.pem("Ed25519"));
    assertEquals("[s1 (ed25519-sha256)]", shown(keys.of(new Domain("xn--bcher-kva.example"))));
  }

  @Test
  void the_domains_with_keys_can_be_listed() throws MongoDown {
    add("example.net", "s1", SigningWorld.pem("Ed25519"));
    add("*", "s1", SigningWorld.pem("Ed25519"));
    add("b\u00fccher.example", "s1", SigningWorld.pem("Ed25519"));
    assertEquals(
        List.of(new Domain("example.net"), new Domain("xn--bcher-kva.example")), keys.domains());
  }

  @Test
  void a_key_that_cannot_be_read_is_told_once() {
    add("example.net", "s1", "$wd01$aes-256-gcm$00$00$00$00");
    for (int i = 0; i < 3; i++) {
      assertInstanceOf(Found.Unusable.class, keys.of(new Domain("example.net")));
      now = now.plus(Duration.ofMinutes(2));
    }
    var told = assertInstanceOf(SigningKeySeen.class, events.getFirst());
    assertEquals(SigningKeyState.UNUSABLE, told.state());
    assertEquals(1, events.size());
  }

  @Test
  void a_new_key_signs_within_a_minute() {
    var domain = new Domain("example.net");
    assertEquals("NoKey[]", shown(keys.of(domain)));
    add("example.net", "s1", SigningWorld.pem("Ed25519"));
    assertEquals("NoKey[]", shown(keys.of(domain)));
    now = now.plus(Duration.ofMinutes(1));
    assertEquals("[s1 (ed25519-sha256)]", shown(keys.of(domain)));
  }

  @Test
  void what_was_known_outlives_the_database_for_a_day() {
    add("example.net", "s1", SigningWorld.pem("Ed25519"));
    keys.of(new Domain("example.net"));
    keys.of(new Domain("example.org"));
    server.close();
    now = now.plus(Duration.ofHours(23));
    assertEquals("[s1 (ed25519-sha256)]", shown(keys.of(new Domain("example.net"))));
    assertEquals("NoKey[]", shown(keys.of(new Domain("example.org"))));
    assertInstanceOf(Found.Unavailable.class, keys.of(new Domain("example.com")));
    now = now.plus(Duration.ofHours(2));
    assertInstanceOf(Found.Unavailable.class, keys.of(new Domain("example.net")));
  }

  private void add(String domain, String selector, String key) {
    mongo
        .database()
        .getCollection(Names.SIGNING_KEYS)
        .insertOne(
            new Document("domain", domain)
                .append("selector", selector)
                .append("privateKey", key)
                .append("latest", true));
  }

  private static String shown(Found found) {
    return found instanceof Found.Keys(var all) ? all.toString() : found.toString();
  }
}
