package io.posthouse.ops.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.KafkaMailQueue;
import io.posthouse.kafka.NoRenewals;
import io.posthouse.kafka.RetryMover;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.lifecycle.Service;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.RecordPosition;
import io.posthouse.message.Samples;
import io.posthouse.message.SiteName;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.queue.RetrySchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActCommandsIT {
  private static final Duration TIER = Duration.ofMinutes(1);

  private final KafkaCluster cluster = TestTopics.create(ActCommandsIT.class);
  private final KafkaMailQueue queue = TestTopics.queue(cluster, Sending.DEFAULT, "edge-1");
  private final List<Service> started = new ArrayList<>();

  @BeforeEach
  void fill() {
    start(queue);
    for (int i = 0; i < 3; i++) defer("user" + i + "@example.net");
    defer("user@example.org");
  }

  @AfterEach
  void close() {
    started.reversed().forEach(Service::close);
  }

  @Test
  void a_domain_is_held_and_comes_back() {
    startMover();
    var held = run("hold", "--domain", "example.net", "--reason", "they asked");
    assertEquals(0, held.exitCode(), held.errors());
    assertTrue(held.text().contains("done"), held.text());
    assertEquals(3, listed("held"));
    assertEquals(1, listed("deferred"));
    var released = run("release", "--all");
    assertEquals(0, released.exitCode(), released.errors());
    await().atMost(Duration.ofSeconds(30)).until(() -> listed("due") == 3);
    assertEquals(0, listed("held"));
  }

  @Test
  void the_mail_of_a_provider_is_held_by_one_of_its_hosts() {
    startMover();
    var held = run("hold", "--site", "mx2.example.net");
    assertEquals(0, held.exitCode(), held.errors());
    assertEquals(3, listed("held"));
    assertEquals(1, listed("deferred"));
    var summary = run("summary", "--by", "site").text();
    assertTrue(summary.contains("mx1.example.net:25,mx2.example.net:25"), summary);
    assertEquals(0, run("release", "--site", "*.example.net").exitCode());
    await().atMost(Duration.ofSeconds(30)).until(() -> listed("due") == 3);
  }

  @Test
  void an_order_for_a_site_is_given_though_nobody_can_count_what_workers_find_to_be_its() {
    startMover();
    assertTrue(run("hold", "--domain", "example.com").text().contains("nothing to do"));
    var held = run("hold", "--site", "mx.example.com");
    assertEquals(0, held.exitCode(), held.errors());
    assertTrue(held.text().contains("done"), held.text());
    assertEquals(2, run("acts", "--all").text().lines().count());
  }

  @Test
  void a_dry_run_counts_and_does_nothing() {
    startMover();
    var dry = run("drop", "--domain", "example.net", "--dry-run");
    assertEquals(0, dry.exitCode(), dry.errors());
    assertTrue(dry.text().contains("would be done"), dry.text());
    assertEquals(4, listed("deferred"));
    assertEquals(1, run("acts", "--all").text().lines().count());
  }

  @Test
  void an_order_is_about_local_mail_too_but_for_its_next_hop() {
    var _ = queue.put(Samples.message(Samples.ALICE)).toCompletableFuture().join();
    var local = new String[] {"--domain", "example.test", "--dry-run", "--format", "json"};
    for (var act : List.of("hold", "bounce --reason spam", "drop --reason spam"))
      assertEquals(1, messages(act, local), act);
    for (var act : List.of("release", "flush", "reroute --to mx.example.com"))
      assertEquals(0, messages(act, local), act);
  }

  @Test
  void what_nobody_does_in_time_is_under_way() {
    var flushed = run("flush", "--domain", "example.net", "--wait", "1s", "--format", "json");
    assertEquals(0, flushed.exitCode(), flushed.errors());
    assertTrue(flushed.text().contains("\"messages\":3"), flushed.text());
    assertTrue(flushed.text().contains("\"state\":\"under way\""), flushed.text());
  }

  @Test
  void an_order_about_what_arrives_is_listed_until_it_is_undone() {
    startMover();
    var held = run("hold", "--domain", "example.com", "--until", "2h", "--operator", "olga");
    assertEquals(0, held.exitCode(), held.errors());
    var acts = run("acts").text().lines().toList();
    assertEquals(2, acts.size(), acts::toString);
    assertTrue(acts.get(1).contains("olga"), acts.get(1));
    var id = acts.get(1).substring(0, acts.get(1).indexOf(' '));
    assertEquals(0, run("undo", id).exitCode());
    assertEquals(1, run("acts").text().lines().count());
    assertEquals(1, run("undo", id).exitCode());
    assertEquals(1, run("undo", "hold-0gm3w1v7").exitCode());
  }

  @Test
  void where_mail_is_sent_is_listed_with_the_order() {
    startMover();
    var rerouted = run("reroute", "--all", "--to", "mail.example.org", "--until", "2h");
    assertEquals(0, rerouted.exitCode(), rerouted.errors());
    assertTrue(rerouted.text().contains("to mail.example.org:25"), rerouted.text());
    assertTrue(run("acts").text().contains("to mail.example.org:25"), run("acts").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hold",
        "hold --all --domain example.net",
        "bounce --domain example.net --yes",
        "drop --domain example.net --reason spam",
        "flush --domain example.net --until 2h",
        "hold --domain example.net --until yesterday",
        "reroute --domain example.net",
        "reroute --domain example.net --to mx:99999",
      })
  void what_is_not_clear_is_not_done(String arguments) {
    var refused = run(arguments.split(" "));
    assertEquals(2, refused.exitCode(), refused.errors());
    assertEquals(4, listed("deferred"));
    assertEquals(1, run("acts", "--all").text().lines().count());
  }

  private int messages(String act, String... options) {
    var words = Stream.concat(Stream.of(act.split(" ")), Stream.of(options));
    var counted = run(words.toArray(String[]::new));
    assertEquals(0, counted.exitCode(), counted.errors());
    return Document.parse(counted.text()).getInteger("messages");
  }

  private long listed(String place) {
    var listed = run("list", "--place", place, "--format", "json");
    assertEquals(0, listed.exitCode(), listed.errors());
    return listed.text().lines().count();
  }

  private void startMover() {
    var directives = new KafkaDirectives(cluster);
    start(directives);
    var schedule = new RetrySchedule(List.of(TIER), Duration.ofDays(5));
    start(
        RetryMover.of(
            cluster,
            schedule,
            directives,
            new NoRenewals(),
            "worker-1",
            _ -> {},
            InstantSource.system()));
  }

  private void start(Service service) {
    started.add(service);
    service.start();
  }

  private void defer(String to) {
    var message = message(to);
    queue.defer(message, TIER).toCompletableFuture().join();
  }

  private static Envelope message(String to) {
    var at = Instant.now();
    var recipient = Samples.remote(to);
    var site = "mx1.%1$s:25,mx2.%1$s:25".formatted(recipient.address().domain());
    return Samples.message(recipient)
        .to(new SiteName(site))
        .withContent(new Content.InRecord(new RecordPosition("posthouse.remote", 0, 7), 1_234))
        .deferred(
            new Attempt(at, "worker-1", "mx1[192.0.2.1]:25", "452 4.2.2 full"),
            at.plus(Duration.ofHours(3)));
  }

  private Ended run(String... arguments) {
    var all = new ArrayList<>(List.of("queue"));
    all.addAll(List.of(arguments));
    all.addAll(
        List.of(
            "--bootstrap",
            TestBroker.shared().bootstrap(),
            "--set",
            "kafka.topic_prefix=" + cluster.topics().prefix()));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
