package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.PosthouseProcess;
import io.posthouse.ops.testbed.Role;
import io.posthouse.ops.testbed.Testbed;
import io.posthouse.peers.Ports;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/// How commands end: 0 done, 1 failed, 2 usage, 3 configuration, 4 Kafka or MongoDB not reachable.
class CommandsIT {
  private final Platform platform = Platform.shared();

  @Test
  void a_role_whose_settings_are_wrong_lists_every_problem_and_starts_nothing() {
    var file =
        Testbed.write(
            Testbed.folder("wrong"),
            "posthouse.yaml",
            """
            version: 1
            kafka:
              bootstarp: localhost:9092
            delivery:
              port: 99999
            """);
    for (var role : List.of("edge", "deliver", "store")) {
      var ended = PosthouseProcess.run(role, "--config", file.toString());
      assertEquals(3, ended.exitCode(), ended.errors());
      var lines = ended.errors().lines().toList();
      assertEquals(
          file + ":3:3: kafka.bootstarp: unknown key (did you mean bootstrap?)", lines.get(0));
      assertTrue(lines.get(1).startsWith(file + ":5:9: delivery.port: 99999 (expected: "));
      assertEquals("2 problems; nothing was started.", lines.get(2));
    }
  }

  @Test
  void a_command_nobody_knows_is_wrong_usage() {
    assertEquals(2, PosthouseProcess.run("frobnicate").exitCode());
    assertEquals(2, platform.run("mailbox", "raw").exitCode());
  }

  @Test
  void topics_are_created_once_and_checked() {
    var elsewhere = new String[] {"--set", "kafka.topic_prefix=elsewhere."};
    var missing = platform.run("topics", "check", elsewhere[0], elsewhere[1]);
    assertEquals(1, missing.exitCode(), missing.errors());
    assertTrue(missing.text().contains("elsewhere.remote"), missing.text());

    var created = platform.run("topics", "create", elsewhere[0], elsewhere[1]);
    assertEquals(0, created.exitCode(), created.errors());
    assertTrue(created.text().contains("elsewhere.retry.2s"), created.text());
    assertEquals(0, platform.run("topics", "create", elsewhere[0], elsewhere[1]).exitCode());
    assertEquals(0, platform.run("topics", "check", elsewhere[0], elsewhere[1]).exitCode());
  }

  @Test
  void a_user_is_added_once_and_listed() {
    platform.user("ina@local.test");
    assertEquals(1, platform.run("user", "add", "ina@local.test", "--password", "x").exitCode());
    var listed = platform.run("user", "list", "--format", "json");
    var addresses =
        listed.text().lines().map(line -> Document.parse(line).getString("address")).toList();
    assertTrue(addresses.contains("ina@local.test"), addresses::toString);
  }

  @Test
  void a_worker_explains_where_mail_would_go() {
    platform.remoteDomain("explained.test");
    var worker = "127.0.0.1:" + platform.role(Role.DELIVER).http().port();
    var ended =
        platform.run(
            "explain", "delivery", "bob@explained.test", "--worker", worker, "--format", "json");
    assertEquals(0, ended.exitCode(), ended.errors());
    var explained = Document.parse(ended.text());
    assertEquals("tried", explained.getString("outcome"));
    assertEquals(
        "mx.explained.test",
        explained.getList("hosts", Document.class).getFirst().getString("host"));
    assertTrue(explained.containsKey("live"), ended.text());
  }

  @Test
  void what_is_not_there_is_a_failure_with_a_sentence() {
    var nobody = platform.run("mailbox", "list", "nobody@local.test");
    assertEquals(1, nobody.exitCode());
    assertTrue(nobody.errors().contains("nobody@local.test"), nobody.errors());
    var ida = platform.user("ida@local.test");
    assertEquals(0, platform.run("mailbox", "list", ida).exitCode());
    assertEquals(1, platform.run("mailbox", "raw", ida, "--uid", "7").exitCode());
  }

  @Test
  void a_cluster_that_does_not_answer_is_told_from_a_failure() {
    var nowhere = "127.0.0.1:" + Ports.free();
    var topics = platform.run("topics", "check", "--bootstrap", nowhere);
    assertEquals(4, topics.exitCode(), topics.errors());
    assertTrue(topics.errors().contains("Kafka"), topics.errors());
    var users = platform.run("user", "list", "--mongodb", "mongodb://" + nowhere + "/posthouse");
    assertEquals(4, users.exitCode(), users.errors());
    assertTrue(users.errors().contains("MongoDB"), users.errors());
  }
}
