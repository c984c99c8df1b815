package io.posthouse.ops.storage;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Updates;
import io.posthouse.address.MailAddress;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StorageCommandsIT {
  private static final String ALICE = "alice@local.test";

  private final String database = TestMongo.shared().freshDatabase(getClass());
  private final Mongo mongo = Mongo.connect(TestMongo.shared().uri(), database);

  @BeforeEach
  void addUser() throws MongoDown {
    assertInstanceOf(
        Creation.Created.class, new MongoUsers(mongo).create(MailAddress.of(ALICE), "secret", 0));
  }

  @AfterEach
  void close() {
    mongo.close();
  }

  @Test
  void where_nothing_is_wrong_the_table_is_empty_and_the_exit_code_0() {
    var ended = run("check", ALICE);
    assertEquals(0, ended.exitCode(), ended.errors());
    assertEquals("user  kind  where  what", ended.text().strip());
    assertTrue(ended.errors().contains("1 users, 0 messages, 0 findings"), ended.errors());
    assertEquals(0, run("repair", ALICE).exitCode());
  }

  @Test
  void what_is_wrong_is_listed_mended_and_gone() {
    mongo
        .database()
        .getCollection("users")
        .updateOne(eq("username", ALICE), Updates.set("storageUsed", 7L));
    var checked = run("check", "--all", "--format", "json");
    assertEquals(1, checked.exitCode(), checked.errors());
    var finding = Document.parse(checked.text());
    assertEquals(ALICE, finding.getString("user"));
    assertEquals("quota", finding.getString("kind"));
    assertEquals("storageUsed is 7 (expected: 0)", finding.getString("what"));

    assertTrue(run("repair", "--all", "--dry-run").text().contains("not asked"));
    assertEquals(1, run("check", ALICE).exitCode());
    var mended = run("repair", "--all");
    assertEquals(0, mended.exitCode(), mended.errors());
    assertTrue(mended.text().contains("done"), mended.text());
    assertEquals(0, run("check", "--all").exitCode());
  }

  @Test
  void indexes_are_listed_with_who_makes_them() {
    var listed = run("indexes", "--create", "--format", "json");
    var indexes = listed.text().lines().map(Document::parse).toList();
    var unique = indexes.stream().filter(index -> index.getBoolean("unique")).toList();
    assertTrue(
        unique.stream()
            .map(index -> index.getString("state"))
            .allMatch(List.of("present", "created")::contains),
        listed.text());
    assertTrue(
        indexes.stream().anyMatch(index -> index.getString("made_by").equals("wildduck")),
        listed.text());
    // The embedded server makes no others, and that is said.
    assertEquals(1, listed.exitCode());
    assertTrue(run("indexes").text().contains("missing"));
  }

  @Test
  void whose_mailbox_is_meant_is_to_be_said() {
    assertEquals(2, run("check").exitCode());
    assertEquals(2, run("repair", ALICE, "--all").exitCode());
    var nobody = run("check", "nobody@local.test");
    assertEquals(1, nobody.exitCode());
    assertTrue(nobody.errors().contains("no such user: nobody@local.test"), nobody.errors());
  }

  private Ended run(String... words) {
    var all = new ArrayList<>(List.of("storage"));
    all.addAll(List.of(words));
    all.addAll(List.of("--mongodb", TestMongo.shared().uri() + "/" + database));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
