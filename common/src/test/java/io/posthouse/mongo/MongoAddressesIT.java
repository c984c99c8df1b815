package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.ListedAddress;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.MongoAddresses.Addition;
import io.posthouse.mongo.MongoAddresses.Address;
import io.posthouse.mongo.MongoAddresses.Removal;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MongoAddressesIT {
  private static final String BOB = "bob@example.net";
  private static final List<ForwardTarget> CAROL =
      List.of(ForwardTarget.of("carol@example.org"), ForwardTarget.of("smtp://mx.example.org"));

  private final Mongo mongo =
      Mongo.connect(TestMongo.shared().uri(), TestMongo.shared().freshDatabase(getClass()));
  private final MongoAddresses addresses = new MongoAddresses(mongo);

  @BeforeEach
  void addBob() throws MongoDown {
    new MongoUsers(mongo).create(MailAddress.of(BOB), "secret", 0);
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void an_alias_belongs_to_its_user_and_is_added_once() throws MongoDown {
    assertEquals(new Addition.Added(), addresses.addAlias(listed("Sales.Team@example.net"), BOB));
    assertEquals(
        new Addition.AlreadyThere(), addresses.addAlias(listed("salesteam@example.net"), BOB));
    assertEquals(
        Optional.of(List.of(ofBob(BOB, true), ofBob("sales.team@example.net", false))),
        addresses.list(BOB));
    var stored = stored("salesteam@example.net");
    assertEquals("sales.team@example.net", stored.getString("address"));
    assertInstanceOf(ObjectId.class, stored.get("user"));
  }

  @Test
  void a_pattern_is_kept_as_wildduck_looks_for_it() throws MongoDown {
    addresses.addAlias(listed("Sales.*@Example.net"), BOB);
    addresses.addAlias(listed("postmaster@*"), BOB);
    assertEquals("sales.*@example.net", stored("sales*@example.net").getString("address"));
    assertEquals("postmaster@*", stored("postmaster@*").getString("address"));
  }

  @Test
  void an_address_of_somebody_else_is_taken() throws MongoDown {
    new MongoUsers(mongo).create(MailAddress.of("alice@example.net"), "secret", 0);
    assertEquals(
        new Addition.Taken(ofBob(BOB, true)),
        addresses.addAlias(listed("b.o.b@example.net"), "alice@example.net"));
    assertEquals(new Addition.Taken(ofBob(BOB, true)), addresses.addForwarded(listed(BOB), CAROL));
  }

  @Test
  void an_address_that_sends_mail_on_has_targets_and_no_user() throws MongoDown {
    assertEquals(new Addition.Added(), addresses.addForwarded(listed("all@example.net"), CAROL));
    assertEquals(
        new Addition.AlreadyThere(), addresses.addForwarded(listed("all@example.net"), CAROL));
    assertInstanceOf(
        Addition.Taken.class,
        addresses.addForwarded(listed("all@example.net"), CAROL.subList(0, 1)));
    assertInstanceOf(Addition.Taken.class, addresses.addAlias(listed("all@example.net"), BOB));
    assertFalse(stored("all@example.net").containsKey("user"));
    assertEquals(
        new Address("all@example.net", Optional.empty(), false, CAROL),
        addresses.list().getFirst());
  }

  @Test
  void nobody_gets_an_address_in_a_domain_that_is_not_ours() throws MongoDown {
    assertEquals(
        new Addition.NotOurDomain(new Domain("example.org")),
        addresses.addAlias(listed("bob@example.org"), BOB));
    assertEquals(
        new Addition.NoSuchUser(), addresses.addAlias(listed("x@example.net"), "eve@example.net"));
    assertTrue(addresses.list("eve@example.net").isEmpty());
  }

  @Test
  void a_default_address_stays_until_another_one_is() throws MongoDown {
    addresses.addAlias(listed("robert@example.net"), BOB);
    assertEquals(new Removal.IsDefault(BOB), addresses.remove(listed(BOB)));
    assertTrue(addresses.makeDefault(listed("robert@example.net")));
    assertEquals(new Removal.Removed(), addresses.remove(listed(BOB)));
    assertEquals(new Removal.NoSuchAddress(), addresses.remove(listed(BOB)));
    assertFalse(addresses.makeDefault(listed(BOB)));
    assertEquals("robert@example.net", new MongoUsers(mongo).find(BOB).orElseThrow().address());
  }

  private static Address ofBob(String address, boolean isDefault) {
    return new Address(address, Optional.of(BOB), isDefault, List.of());
  }

  private Document stored(String view) {
    var found =
        mongo.database().getCollection(Names.ADDRESSES).find(new Document("addrview", view));
    return Optional.ofNullable(found.first()).orElseThrow();
  }

  private static ListedAddress listed(String text) {
    return ListedAddress.of(text);
  }
}
