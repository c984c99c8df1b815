package io.posthouse.mongo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.MongoDomains.Alias;
import io.posthouse.mongo.MongoDomains.AliasAddition;
import io.posthouse.mongo.MongoDomains.Removal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MongoDomainsIT {
  private static final Domain NET = new Domain("example.net");
  private static final Domain ORG = new Domain("example.org");

  private final Mongo mongo =
      Mongo.connect(TestMongo.shared().uri(), TestMongo.shared().freshDatabase(getClass()));
  private final MongoDomains domains = new MongoDomains(mongo);

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void a_domain_is_ours_once_in_the_letters_of_its_people() throws MongoDown {
    assertTrue(domains.add(new Domain("bücher.example")));
    assertFalse(domains.add(new Domain("xn--bcher-kva.example")));
    assertEquals(List.of("bücher.example"), domains.list());
  }

  @Test
  void a_domain_with_addresses_or_aliases_stays() throws MongoDown {
    new MongoUsers(mongo).create(MailAddress.of("bob@example.net"), "secret", 0);
    domains.add(ORG);
    domains.addAlias(new Domain("example.com"), ORG);
    assertEquals(new Removal.InUse("the address bob@example.net"), domains.remove(NET));
    assertEquals(new Removal.InUse("the alias example.com"), domains.remove(ORG));
    assertEquals(new Removal.Removed(), domains.removeAlias(new Domain("example.com")));
    assertEquals(new Removal.Removed(), domains.remove(ORG));
    assertEquals(new Removal.NotThere(), domains.remove(ORG));
  }

  @Test
  void a_domain_whose_name_ends_with_ours_is_another_one() throws MongoDown {
    new MongoUsers(mongo).create(MailAddress.of("bob@mail.example.net"), "secret", 0);
    domains.add(NET);
    assertEquals(new Removal.Removed(), domains.remove(NET));
  }

  @Test
  void an_alias_has_one_domain_of_ours() throws MongoDown {
    domains.add(NET);
    domains.add(ORG);
    var alias = new Domain("example.com");
    assertEquals(new AliasAddition.Added(), domains.addAlias(alias, NET));
    assertEquals(new AliasAddition.AlreadyThere(), domains.addAlias(alias, NET));
    assertEquals(new AliasAddition.AliasOf("example.net"), domains.addAlias(alias, ORG));
    assertEquals(List.of(new Alias("example.com", "example.net")), domains.aliases());
    assertEquals(new AliasAddition.NotOurs(), domains.addAlias(new Domain("x.example"), alias));
    assertEquals(new AliasAddition.NotOurs(), domains.addAlias(NET, NET));
    assertEquals(new AliasAddition.NotOurs(), domains.addAlias(alias, new Domain("y.example")));
    assertEquals(new Removal.Removed(), domains.removeAlias(alias));
    assertEquals(new Removal.NotThere(), domains.removeAlias(alias));
  }
}
