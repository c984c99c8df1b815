package io.posthouse.ops.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Shell;
import io.posthouse.ops.testbed.Testbed;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `user`, `address` and `domain`, as an operator types them.
class DirectoryCommandsIT {
  private final Shell shell = new Shell(getClass());

  @BeforeEach
  void addBob() {
    shell.done("user add bob@example.net --password secret --quota 1GiB");
  }

  @Test
  void a_user_is_shown_with_all_that_can_be_set() {
    var table = shell.done("user show BOB@example.net");
    assertTrue(table.contains("address              bob@example.net\n"), table);
    assertTrue(table.contains("quota                1073741824\n"), table);
    var bob = shell.json("user show bob@example.net").getFirst();
    assertEquals(List.of("bob@example.net"), bob.getList("addresses", String.class));
    assertEquals(50, bob.getInteger("spam_level"));
    assertEquals(List.of(), bob.getList("forward", String.class));
    assertEquals(bob, shell.json("user show " + bob.getString("id")).getFirst());
    shell.refused(1, "user show eve@example.net", "no such user: eve@example.net");
  }

  @Test
  void what_is_set_is_shown() {
    shell.done(
        "user set bob@example.net --name Bob --quota 2GiB --suspended --spam-level 80"
            + " --forward carol@example.org smtp://mx.example.org --tag staff"
            + " --recipients 10 --forwards 20 --received-max 30");
    var bob = shell.json("user show bob@example.net").getFirst();
    assertEquals("Bob", bob.getString("name"));
    assertEquals(2_147_483_648L, bob.get("quota"));
    assertEquals(true, bob.getBoolean("suspended"));
    assertEquals(80, bob.getInteger("spam_level"));
    assertEquals(
        List.of("carol@example.org", "smtp://mx.example.org"),
        bob.getList("forward", String.class));
    assertEquals(List.of("staff"), bob.getList("tags", String.class));
    assertEquals(10, bob.getInteger("recipients_per_day"));
    assertEquals(20, bob.getInteger("forwards_per_day"));
    assertEquals(30, bob.getInteger("received_per_minute"));

    shell.done("user set bob@example.net --no-suspended --disabled --forward none --tag none");
    var again = shell.json("user show bob@example.net").getFirst();
    assertEquals(false, again.getBoolean("suspended"));
    assertEquals(true, again.getBoolean("disabled"));
    assertEquals(List.of(), again.getList("forward", String.class));
    assertEquals(List.of(), again.getList("tags", String.class));
    assertEquals("Bob", again.getString("name"));
  }

  @Test
  void a_change_that_makes_no_sense_is_wrong_usage_and_changes_nothing() {
    var before = shell.json("user show bob@example.net");
    shell.refused(2, "user set bob@example.net", "nothing to change");
    shell.refused(2, "user set bob@example.net --spam-level 101", "--spam-level: 101");
    shell.refused(2, "user set bob@example.net --quota much", "--quota: much");
    shell.refused(2, "user set bob@example.net --forward nowhere", "forward target: nowhere");
    shell.refused(2, "user set bob@example.net --recipients -1", "--recipients: -1");
    shell.refused(2, "user set bob@example.net --key missing.asc", "cannot read missing.asc");
    shell.refused(1, "user set bob@example.net --encrypt", "no key to encrypt for");
    shell.refused(1, "user set eve@example.net --name Eve", "no such user");
    assertEquals(before, shell.json("user show bob@example.net"));
  }

  @Test
  void encryption_needs_a_key() {
    var key =
        Testbed.write(
            Testbed.folder("key"), "bob.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n");
    var none = Testbed.write(Testbed.folder("key"), "bob.txt", "no key\n");
    shell.refused(2, "user set bob@example.net --key " + none, "public key: none");
    shell.done("user set bob@example.net --encrypt --key " + key);
    var bob = shell.json("user show bob@example.net").getFirst();
    assertTrue(bob.getBoolean("encrypts") && bob.getBoolean("has_key"));
  }

  @Test
  void addresses_are_added_listed_and_removed() {
    assertEquals(
        "sales@example.net added\n", shell.done("address add sales@example.net bob@example.net"));
    assertEquals(
        "sales@example.net was there already\n",
        shell.done("address add sales@example.net bob@example.net"));
    shell.done("address add all@example.net --forward carol@example.org dan@example.org");
    shell.done("address add *@example.net bob@example.net");
    assertEquals(
        """
        address            user             default  forwards to
        *@example.net      bob@example.net  false
        all@example.net                     false    carol@example.org dan@example.org
        bob@example.net    bob@example.net  true
        sales@example.net  bob@example.net  false
        """,
        shell.done("address list"));
    assertEquals(3, shell.json("address list bob@example.net").size());

    shell.done("address add robert@example.net bob@example.net --default");
    assertEquals("bob@example.net removed\n", shell.done("address remove bob@example.net --yes"));
    shell.done("address remove *@example.net --yes");
    assertEquals(List.of("all@example.net", "robert@example.net", "sales@example.net"), listed());
  }

  @Test
  void an_address_that_cannot_be_is_refused_with_a_hint() {
    shell.refused(2, "address add nonsense bob@example.net", "nonsense");
    shell.refused(2, "address add bob+tag@example.net bob@example.net", "tag");
    shell.refused(2, "address add x@example.net", "for whom?");
    shell.refused(2, "address add x@example.net bob@example.net --forward a@example.org", "whom");
    shell.refused(2, "address add *@example.net bob@example.net --default", "--default");
    shell.refused(1, "address add x@example.net eve@example.net", "no such user: eve@example.net");
    shell.refused(
        1, "address add bob@example.org bob@example.net", "posthouse domain add example.org");
    shell.refused(
        1,
        "address add B.o.b@example.net --forward carol@example.org",
        "is taken by bob@example.net of bob@example.net");
    shell.refused(1, "address list eve@example.net", "no such user");
    shell.refused(1, "address remove x@example.net --yes", "no such address");
    shell.refused(1, "address remove bob@example.net --yes", "is the default address");
    shell.refused(2, "address remove bob@example.net", "(expected: --yes)");
    assertEquals(List.of("bob@example.net"), listed());
  }

  @Test
  void domains_and_their_aliases_are_added_listed_and_removed() {
    assertEquals("example.org added\n", shell.done("domain add Example.ORG"));
    assertEquals("example.org was there already\n", shell.done("domain add example.org"));
    shell.done("domain alias add example.com example.org");
    shell.done("domain alias add example.com example.org");
    assertEquals(
        """
        domain       alias of
        example.net
        example.org
        example.com  example.org
        """,
        shell.done("domain list"));
    assertEquals(
        List.of(Document.parse("{alias: 'example.com', domain: 'example.org'}")),
        shell.json("domain alias list"));
    shell.refused(1, "domain alias add example.com example.net", "is an alias of example.org");
    shell.refused(1, "domain alias add x.example y.example", "posthouse domain add y.example");
    shell.refused(1, "domain remove example.org --yes", "in use by the alias example.com");
    shell.refused(1, "domain remove example.net --yes", "in use by the address bob@example.net");
    shell.refused(2, "domain remove example.org", "(expected: --yes)");
    shell.refused(2, "domain add not..good", "not..good");
    shell.done("domain alias remove example.com --yes");
    shell.done("domain remove example.org --yes");
    shell.refused(1, "domain alias remove example.com --yes", "no such alias");
    shell.refused(1, "domain remove example.org --yes", "no such domain");
  }

  @Test
  void a_user_is_removed_on_a_second_word() {
    shell.done("address add sales@example.net bob@example.net");
    shell.refused(2, "user remove bob@example.net", "(expected: --yes)");
    assertEquals(
        "bob@example.net removed, 0 messages\n", shell.done("user remove sales@example.net --yes"));
    shell.refused(1, "user remove bob@example.net --yes", "no such user");
    assertEquals(List.of(), listed());
    shell.done("user add bob@example.net --password again");
  }

  private List<String> listed() {
    return shell.json("address list").stream().map(a -> a.getString("address")).toList();
  }
}
