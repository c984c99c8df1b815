package io.posthouse.ops.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.posthouse.ops.testbed.Shell;
import io.posthouse.wildduck.WildDuck;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What our commands make and what WildDuck makes is one directory.
class DirectoryPeerIT {
  private final WildDuck wildDuck = WildDuck.shared();
  private final Shell shell = new Shell(wildDuck.mongoUri() + "/" + wildDuck.database());
  private final MongoClient mongo = MongoClients.create(wildDuck.mongoUri());

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void a_user_of_ours_logs_in_at_wildduck_which_shows_and_edits_it() {
    shell.done("user add dora@ours.example --password correct --quota 1GiB");
    shell.done("user set dora@ours.example --name Dora --spam-level 70 --forward d@example.org");
    shell.done("address add d.ora.x@ours.example dora@ours.example");
    shell.done("mailbox create dora@ours.example Work/2026");
    try (var imap = wildDuck.imap("dora@ours.example", "correct")) {
      assertEquals(0, imap.select("INBOX"));
      assertEquals(0, imap.select("Work/2026"));
    }
    var id = wildDuck.rest().get("/users/resolve/dora@ours.example").getString("id");
    var user = wildDuck.rest().get("/users/" + id);
    assertEquals("Dora", user.getString("name"));
    assertEquals(70, user.getInteger("spamLevel"));
    assertEquals(List.of("d@example.org"), user.getList("targets", String.class));
    assertEquals(
        1 << 30,
        user.get("limits", Document.class).get("quota", Document.class).getInteger("allowed"));
    assertEquals(
        Set.of("dora@ours.example", "d.ora.x@ours.example"),
        texts(wildDuck.rest().get("/users/" + id + "/addresses"), "address"));
    assertEquals(
        Set.of("INBOX", "Drafts", "Junk", "Sent Mail", "Trash", "Work/2026"),
        texts(wildDuck.rest().get("/users/" + id + "/mailboxes"), "path"));

    wildDuck.rest().put("/users/" + id, new Document("name", "Dorothea").append("quota", 5000));
    var shown = shell.json("user show dora@ours.example").getFirst();
    assertEquals("Dorothea", shown.getString("name"));
    assertEquals(5000, shown.getInteger("quota"));
  }

  @Test
  void a_user_of_wildduck_is_shown_and_changed_by_our_commands() {
    var id = addAtWildDuck("emil@theirs.example");
    var shown = shell.json("user show emil@theirs.example").getFirst();
    assertEquals(id, shown.getString("id"));
    assertEquals(List.of("emil@theirs.example"), shown.getList("addresses", String.class));
    assertEquals(
        Set.of("INBOX", "Drafts", "Junk", "Sent Mail", "Trash"),
        shell.json("mailbox folders emil@theirs.example").stream()
            .map(folder -> folder.getString("folder"))
            .collect(Collectors.toSet()));
    shell.done("user set emil@theirs.example --suspended --name Emil --tag staff");
    var user = wildDuck.rest().get("/users/" + id);
    assertEquals(true, user.getBoolean("suspended"));
    assertEquals("Emil", user.getString("name"));
    assertEquals(List.of("staff"), user.getList("tags", String.class));
    shell.done("user remove emil@theirs.example --yes");
  }

  @Test
  void addresses_that_send_mail_on_and_domain_aliases_are_known_to_wildduck() {
    shell.done("domain add lists.example");
    shell.done("domain alias add listen.example lists.example");
    shell.done("address add all@lists.example --forward a@example.org smtp://mx.example.org");
    var address = wildDuck.rest().get("/addresses/resolve/all@lists.example");
    assertEquals(
        List.of("a@example.org", "smtp://mx.example.org"),
        address.getList("targets", String.class));
    var alias = wildDuck.rest().get("/domainaliases/resolve/listen.example").getString("id");
    assertEquals(
        "lists.example", wildDuck.rest().get("/domainaliases/" + alias).getString("domain"));
  }

  @Test
  void our_documents_have_the_fields_of_wildducks() {
    var theirs = addAtWildDuck("fritz@theirs.example");
    shell.done("user add gerda@ours.example --password correct");
    var ours = shell.json("user show gerda@ours.example").getFirst().getString("id");
    var lacking = new TreeSet<String>();
    for (var collection : List.of("users", "addresses", "mailboxes"))
      lacking.addAll(lacking(collection, of(collection, theirs), of(collection, ours)));
    // Null where WildDuck was given none.
    assertEquals(Set.of("users.name"), lacking);
  }

  /// Fields that WildDuck writes and we do not, or with values of another kind.
  private static Set<String> lacking(String collection, Document theirs, Document ours) {
    return theirs.entrySet().stream()
        .filter(field ->
            !kind(field.getValue()).equals(kind(ours.get(field.getKey())))
                || !ours.containsKey(field.getKey()))
        .map(field -> collection + "." + field.getKey())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String kind(@Nullable Object value) {
    if (value == null) return "null";
    return value instanceof Number ? "number" : value.getClass().getSimpleName();
  }

  private Document of(String collection, String user) {
    var key = collection.equals("users") ? "_id" : "user";
    var found =
        mongo
            .getDatabase(wildDuck.database())
            .getCollection(collection)
            .find(new Document(key, new ObjectId(user)))
            .first();
    return Objects.requireNonNull(found);
  }

  private String addAtWildDuck(String address) {
    var created =
        wildDuck
            .rest()
            .post(
                "/users",
                new Document("username", address)
                    .append("password", "correct")
                    .append("address", address));
    assertTrue(created.getBoolean("success"), created::toJson);
    return created.getString("id");
  }

  private static Set<String> texts(Document answer, String field) {
    return answer.getList("results", Document.class).stream()
        .map(result -> result.getString(field))
        .collect(Collectors.toSet());
  }
}
