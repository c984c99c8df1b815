package io.posthouse.ops.dead;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.ops.cli.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeadCommandsIT {
  private KafkaCluster cluster;
  private KafkaMailQueue queue;

  @BeforeEach
  void open() {
    cluster = TestTopics.create(DeadCommandsIT.class);
    queue = TestTopics.queue(cluster, Sending.DEFAULT, "worker-1");
    queue.start();
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void where_nothing_is_dead_the_table_is_empty_and_the_exit_code_0() {
    var listed = run("list");
    assertEquals(0, listed.exitCode(), listed.errors());
    assertEquals(
        "id buried node queue id from to replayed reason",
        listed.text().strip().replaceAll(" +", " "));
  }

  @Test
  void a_letter_is_listed_and_shown_with_its_reason() {
    var message = Samples.message(Samples.ALICE);
    bury(message, "no MIME part 1.2");
    var listed = one(run("list", "--format", "json"));
    assertEquals("no MIME part 1.2", listed.getString("reason"));
    assertEquals("worker-1", listed.getString("node"));
    assertEquals("<sender@example.com>", listed.getString("from"));
    assertEquals("alice@example.test", listed.getString("to"));
    var shown = one(run("show", message.queueId().text(), "--format", "json"));
    assertEquals(listed.getString("id"), shown.getString("id"));
    assertEquals("there", shown.getString("content"));
    var table = run("show", listed.getString("id")).text();
    assertTrue(table.contains("reason     no MIME part 1.2"), table);
  }

  @Test
  void a_letter_is_replayed_once_and_the_list_says_so() {
    var message = Samples.message(Samples.CAROL);
    bury(message, "our own error");
    var dry = run("replay", "--all", "--dry-run");
    assertTrue(dry.text().contains("would be replayed"), dry.text());
    assertEquals(0, records(cluster.topics().remoteDue()));

    var replayed = run("replay", message.queueId().text(), "--reason", "it is mended");
    assertEquals(0, replayed.exitCode(), replayed.errors());
    assertEquals(1, records(cluster.topics().remoteDue()));

    var again = run("replay", message.queueId().text());
    assertEquals(1, again.exitCode());
    assertTrue(again.errors().contains("replayed before"), again.errors());
    assertEquals(1, records(cluster.topics().remoteDue()));
    assertEquals(1, run("list").text().lines().count());
    assertTrue(one(run("list", "--replayed", "--format", "json")).getBoolean("replayed"));
  }

  @Test
  void letters_are_told_as_they_are_replayed_and_so_before_somebody_else_ends_it() {
    for (int i = 0; i < 120; i++) bury(Samples.message(Samples.ALICE), "our own error");
    var overtaken = new AtomicReference<Ended>();
    var out =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            // At the first row, most letters are dead still.
            if (text.contains("replayed") && overtaken.get() == null)
              overtaken.set(run("replay", "--all"));
            super.write(text, from, length);
          }
        };
    var err = new StringWriter();
    var exitCode =
        new CommandLine(new DeadReplay())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(new Failures())
            .execute(words(List.of("--all")));
    assertEquals(1, exitCode, err::toString);
    assertTrue(err.toString().startsWith("posthouse: somebody else has begun"), err::toString);
    // Each has titles of its own.
    assertEquals(122, out.toString().lines().count() + overtaken.get().text().lines().count());
    assertEquals(120, records(cluster.topics().localDue()));
  }

  @Test
  void what_nobody_can_read_stays_and_the_exit_code_says_so() {
    var at = new RecordPosition(cluster.topics().remote(), 0, 0);
    queue.bury(at, Octets.utf8("?"), "not an envelope").toCompletableFuture().join();
    var ended = run("replay", "--all");
    assertEquals(1, ended.exitCode());
    assertTrue(ended.text().contains("cannot be read: "), ended.text());
    assertEquals(ended.text(), previewed().text());
    assertEquals("", one(run("list", "--format", "json")).getString("queue_id"));
  }

  @Test
  void letters_are_exported_octet_by_octet_and_nothing_is_overwritten(@TempDir Path folder)
      throws IOException {
    bury(Samples.message(Samples.ALICE), "our own error");
    var at = new RecordPosition(cluster.topics().remote(), 0, 0);
    queue.bury(at, Octets.utf8("?"), "not an envelope").toCompletableFuture().join();
    var ended = run("export", "--all", "--to", folder.toString());
    assertEquals(0, ended.exitCode(), ended.errors());
    assertEquals("2 written, 0 not", ended.text().strip());
    var mail = "Received: from client.example.com\r\nSubject: hello\r\n\r\nHello.\r\n";
    assertArrayEquals(mail.getBytes(UTF_8), Files.readAllBytes(file(folder, ".eml")));
    assertEquals("?", Files.readString(file(folder, ".record")));

    var again = run("export", "--all", "--to", folder.toString());
    assertEquals(1, again.exitCode());
    assertEquals("0 written, 2 not", again.text().strip());
  }

  @Test
  void what_can_be_no_folder_for_an_export_is_said_in_a_sentence(@TempDir Path folder)
      throws IOException {
    bury(Samples.message(Samples.ALICE), "our own error");
    var file = Files.createFile(folder.resolve("file"));
    assertCannotExport(file, "it is no folder");
    assertCannotExport(file.resolve("below"), "Not a directory");
    var locked = folder.resolve("locked");
    Files.createDirectory(locked, PosixFilePermissions.asFileAttribute(Set.of()));
    // Nothing is locked for root.
    if (Files.isWritable(locked)) return;
    assertCannotExport(locked, "no file can be made there");
    assertCannotExport(locked.resolve("below"), "permission denied");
  }

  private void assertCannotExport(Path to, String why) {
    var ended = run("export", "--all", "--to", to.toString());
    assertEquals(1, ended.exitCode());
    assertEquals("posthouse: cannot write to " + to + ": " + why, ended.errors().strip());
  }

  @Test
  void a_letter_whose_content_is_gone_is_said_to_be_so(@TempDir Path folder) {
    // Whatever lies there is not of this message.
    queue.put(Samples.message(Samples.ALICE)).toCompletableFuture().join();
    var at = TestTopics.records(cluster, cluster.topics().local()).getFirst().position();
    bury(Samples.message(new Content.InRecord(at, 27), Samples.CAROL), "content is gone");
    var shown =
        one(run("show", one(run("list", "--format", "json")).getString("id"), "--format", "json"));
    assertTrue(shown.getString("content").startsWith("gone: "), shown::toJson);
    var ended = run("replay", "--all");
    assertEquals(1, ended.exitCode());
    assertTrue(ended.text().contains("content is gone: "), ended.text());
    assertEquals(ended.text(), previewed().text());
    var exported = run("export", "--all", "--to", folder.toString());
    assertEquals(1, exported.exitCode());
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void what_names_no_letter_is_wrong_usage_and_one_that_is_not_there_a_failure() {
    assertEquals(2, run("list", "--limit", "-1").exitCode());
    assertEquals(2, run("replay").exitCode());
    assertEquals(2, run("replay", "--all", "0@1").exitCode());
    assertEquals(2, run("show", "nonsense!").exitCode());
    assertEquals(1, run("show", "0@1").exitCode());
    assertEquals(1, run("replay", "0@1").exitCode());
    assertEquals(0, run("replay", "--help").exitCode());
  }

  /// Of all, some of which cannot be replayed.
  private Ended previewed() {
    var ended = run("replay", "--all", "--dry-run");
    assertEquals(1, ended.exitCode(), ended.errors());
    return ended;
  }

  private void bury(Envelope envelope, String why) {
    queue.bury(envelope, why).toCompletableFuture().join();
  }

  private int records(String topic) {
    return TestTopics.records(cluster, topic).size();
  }

  private static Document one(Ended ended) {
    assertEquals(0, ended.exitCode(), ended.errors());
    return Document.parse(ended.text());
  }

  private static Path file(Path folder, String ending) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }

  private Ended run(String... command) {
    var all = new ArrayList<>(List.of("dead"));
    all.addAll(List.of(words(List.of(command))));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String[] words(List<String> command) {
    var all = new ArrayList<>(command);
    all.addAll(
        List.of(
            "--bootstrap",
            TestBroker.shared().bootstrap(),
            "--set",
            "kafka.topic_prefix=" + cluster.topics().prefix()));
    return all.toArray(String[]::new);
  }
}
