package io.posthouse.ops.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClients;
import io.posthouse.address.MailAddress;
import io.posthouse.embedded.EmbeddedMongo;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainRecipientIT {
  private final EmbeddedMongo server = EmbeddedMongo.inMemory();

  @BeforeEach
  void fill() throws MongoDown {
    try (var mongo = Mongo.connect(server.uri(), "posthouse")) {
      new MongoUsers(mongo).create(MailAddress.of("bob@example.net"), "secret", 1000);
    }
    insert(
        "addresses",
        new Document("addrview", "us*@example.net")
            .append(
                "targets",
                List.of(new Document("type", "mail").append("value", "them@example.org"))));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void an_address_of_a_user_is_told_with_its_limits() {
    var told = told("B.o.b+x@example.net");
    assertEquals("ours", told.get("domain"));
    assertEquals("bob@example.net", told.get("found"));
    assertEquals("0 of 1000 octets", told.get("used"));
    assertEquals("false", told.get("disabled"));
    assertEquals("at most 60", told.get("messages a minute"));
    assertTrue(told.get("user").startsWith("bob@example.net ("), told::toString);
    assertTrue(told.get("answer").startsWith("taken for user "), told::toString);
  }

  @Test
  void a_wildcard_is_told_with_all_that_was_looked_for() {
    var told = told("usa@example.net");
    assertEquals("us*@example.net", told.get("found"));
    assertTrue(told.get("looked for").startsWith("usa@example.net usa*@example.net "));
    assertEquals("mail them@example.org", told.get("forwarded to"));
    assertTrue(told.get("answer").endsWith(": 1 targets, 2000 copies a day at most"));
  }

  @Test
  void nobody_is_told_too() {
    assertEquals("refused: nobody has it", told("zoe@example.net").get("answer"));
    var elsewhere = told("zoe@example.org");
    assertEquals("not listed", elsewhere.get("domain"));
    assertTrue(elsewhere.get("answer").startsWith("not local"), elsewhere::toString);
  }

  @Test
  void a_rewritten_sender_is_read() {
    var told =
        told(
            "SRS0=0000=AA=example.org=x@example.net",
            "--set",
            "srs.secret=s",
            "--set",
            "srs.domain=example.net");
    assertEquals("not ours, or changed", told.get("rewritten sender"));
  }

  @Test
  void what_is_no_address_is_wrong_usage_and_a_database_that_is_down_is_said_so() {
    assertEquals(2, explain("bob").exitCode());
    server.close();
    assertEquals(4, explain("bob@example.net").exitCode());
  }

  /// What is told, by what it is about.
  private record Told(Map<String, String> rows) {
    String get(String what) {
      return rows.getOrDefault(what, "nothing is told");
    }
  }

  private Told told(String address, String... more) {
    var arguments = new ArrayList<>(List.of("--format", "json"));
    arguments.addAll(List.of(more));
    var ended = explain(address, arguments.toArray(String[]::new));
    assertEquals(0, ended.exitCode(), ended.errors());
    var rows =
        ended
            .text()
            .lines()
            .map(Document::parse)
            .collect(
                Collectors.toMap(
                    line -> line.getString("what"), line -> String.valueOf(line.get("is"))));
    return new Told(rows);
  }

  private Ended explain(String address, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "explain",
                "recipient",
                address,
                "--mongodb",
                server.uri() + "/posthouse?serverSelectionTimeoutMS=200"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void insert(String collection, Document document) {
    try (var client = MongoClients.create(server.uri())) {
      client.getDatabase("posthouse").getCollection(collection).insertOne(document);
    }
  }
}
