package io.posthouse.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.address.Domain;
import io.posthouse.directive.Act;
import io.posthouse.directive.Directive;
import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaDirectives;
import io.posthouse.kafka.KafkaEventSink;
import io.posthouse.kafka.Sending;
import io.posthouse.kafka.TestTopics;
import io.posthouse.message.Attempt;
import io.posthouse.message.Content;
import io.posthouse.message.Envelope;
import io.posthouse.message.Samples;
import io.posthouse.message.SiteName;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.QueueFilter;
import io.posthouse.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What an operator reads of a queue with a few messages, and a script: all of it. Ids and times
/// are other ones every day; here they are `first` and `TIME`. How columns line up is told
/// elsewhere (TableTest), so two spaces are between them.
class DialogueIT {
  private static final String NONE_YOUNGER =
      "\"age_minutes_5\":0,\"age_minutes_15\":0,\"age_hour\":0,\"age_hours_4\":0,\"age_day\":0,";

  private static final KafkaCluster CLUSTER = TestTopics.create(DialogueIT.class);
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  // Of ages and waits two units are shown; these do not change while the tests run.
  private static final Instant NOW = Samples.queueId().arrived();
  private static final Instant THREE_DAYS_AGO = NOW.minus(Duration.ofMinutes(3 * 1440 + 30));
  private static final Instant IN_TWO_DAYS = NOW.plus(Duration.ofMinutes(2 * 1440 + 30));

  private static final Envelope FIRST = arrived(Samples.message(Samples.ALICE));
  private static final Envelope DEFERRED =
      arrived(Samples.message(Samples.CAROL, Samples.remote("erin@example.net")))
          .to(new SiteName("mx1.example.net:25"))
          .deferred(
              new Attempt(NOW, "worker-1", "mx1.example.net[192.0.2.1]:25", "452 4.2.2 full"),
              IN_TWO_DAYS);
  private static final Envelope DEAD = arrived(Samples.message(Samples.DAVE));

  @BeforeAll
  static void fill() throws Exception {
    NAMES.put(FIRST.queueId().text(), "first");
    NAMES.put(DEFERRED.queueId().text(), "deferred");
    NAMES.put(DEAD.queueId().text(), "dead");
    NAMES.put(CLUSTER.topics().prefix(), "mail.");
    putMessages();
    giveOrders();
    tellEvents();
  }

  private static void putMessages() {
    var queue = TestTopics.queue(CLUSTER, Sending.DEFAULT, "edge-1");
    queue.start();
    queue.put(FIRST).toCompletableFuture().join();
    var elsewhere = TestTopics.records(CLUSTER, CLUSTER.topics().local()).getLast().position();
    var deferred = DEFERRED.withContent(new Content.InRecord(elsewhere, 26));
    queue.defer(deferred, Duration.ofMinutes(1)).toCompletableFuture().join();
    queue.bury(DEAD, "three strikes").toCompletableFuture().join();
    queue.drain(Duration.ofSeconds(20));
  }

  private static void giveOrders() throws InterruptedException {
    var directives = new KafkaDirectives(CLUSTER);
    directives.start();
    var order =
        new Directive(
            "hold-0gm3w1v7",
            new Act.Hold(),
            QueueFilter.of(new Criterion.To(new Domain("example.com"))),
            NOW,
            Optional.of(IN_TWO_DAYS),
            "they asked",
            "olga");
    directives.give(order);
    directives.await(order, Duration.ofSeconds(30));
    directives.close();
  }

  private static void tellEvents() {
    var sink = new KafkaEventSink(CLUSTER, new Metrics());
    sink.start();
    for (var event : List.of("accepted\",\"from\":\"sender@example.com", "stored\",\"uid\":\"17"))
      sink.put(
          Optional.of(FIRST.queueId()),
          "{\"at\":\"%s\",\"node\":\"edge-1\",\"queue_id\":\"%s\",\"event\":\"%s\"}"
              .formatted(NOW, FIRST.queueId(), event)
              .getBytes(StandardCharsets.UTF_8));
    sink.drain(Duration.ofSeconds(20));
  }

  @Test
  void a_summary() {
    assertEquals(
        """
        destination  total  waiting  in flight  deferred  held  dead  <5m  <15m  <1h  <4h  <1d  1d+  next
        TOTAL  3  1  0  1  0  1  0  0  0  0  0  3  in 2d
        example.net  1  0  0  1  0  0  0  0  0  0  0  1  in 2d
        example.org  1  0  0  0  0  1  0  0  0  0  0  1
        example.test  1  1  0  0  0  0  0  0  0  0  0  1

        messages  reason
          1  452 4.2.2 full
          1  three strikes

        in flight is not known, as no node is heard of
        """,
        said("queue summary"));
    assertEquals(
        """
        {"total":3,"waiting":1,"in_flight":0,"first":1,"split":0,"due":0,"deferred":1,"held":0,\
        "dead":1,ZERO"age_older":3,"next":"TIME","nodes":0,"in_flight_unnamed":0,"silent":[]}
        {"destination":"example.net","total":1,"waiting":0,"in_flight":0,"first":0,"split":0,"due":0,\
        "deferred":1,"held":0,"dead":0,ZERO"age_older":1,"next":"TIME"}
        {"destination":"example.org","total":1,"waiting":0,"in_flight":0,"first":0,"split":0,"due":0,\
        "deferred":0,"held":0,"dead":1,ZERO"age_older":1}
        {"destination":"example.test","total":1,"waiting":1,"in_flight":0,"first":1,"split":0,"due":0,\
        "deferred":0,"held":0,"dead":0,ZERO"age_older":1}
        {"reason":"452 4.2.2 full","messages":1}
        {"reason":"three strikes","messages":1}
        """
            .replace("ZERO", NONE_YOUNGER),
        said("queue summary --format json"));
  }

  @Test
  void a_list() {
    assertEquals(
        """
        dead  dead  3d  61  sender@example.com  dave@example.org  0
        deferred  deferred  3d  61  sender@example.com  carol@example.net +1  1  in 2d  452 4.2.2 full
        first  first  3d  61  sender@example.com  alice@example.test  0
        id  place  age  size  sender  recipient  attempts  next  said  now
        """,
        inOrder(said("queue list")));
    assertEquals(
        """
        {"id":"dead","place":"dead","age_seconds":N,"size":61,"sender":"sender@example.com",\
        "recipients":["dave@example.org"],"attempts":0}
        {"id":"deferred","place":"deferred","age_seconds":N,"size":61,"sender":"sender@example.com",\
        "recipients":["carol@example.net","erin@example.net"],"attempts":1,\
        "site":"mx1.example.net:25","next":"TIME","said":"452 4.2.2 full"}
        {"id":"first","place":"first","age_seconds":N,"size":61,"sender":"sender@example.com",\
        "recipients":["alice@example.test"],"attempts":0}
        """,
        inOrder(said("queue list --format json")));
  }

  @Test
  void a_message() {
    assertEquals(
        """
        id  deferred
        place  deferred
        why  attempt 1 ended with: 452 4.2.2 full; the next is in 2d
        record  mail.retry.1m-1@0
        since  TIME
        sender  sender@example.com
        recipients  carol@example.net, erin@example.net
        destinations  example.net
        arrived  TIME
        age  3d
        size  61
        content  in the record mail.local-0@0, gone: mail.local-0@0: a record of first, not of deferred
        client  192.0.2.1 (client.example.com) to mx of edge-1 by ESMTP
        attempts  1
        site  mx1.example.net:25
        next  TIME
        in its way
        history  TIME worker-1 mx1.example.net[192.0.2.1]:25: 452 4.2.2 full
        """,
        said("queue show " + DEFERRED.queueId()));
    assertEquals(
        """
        {"id":"deferred","place":"deferred",\
        "why":"attempt 1 ended with: 452 4.2.2 full; the next is in 2d",\
        "record":"mail.retry.1m-1@0","since":"TIME","sender":"sender@example.com",\
        "recipients":["carol@example.net","erin@example.net"],"destinations":["example.net"],\
        "arrived":"TIME","age":"3d","size":61,\
        "content":"in the record mail.local-0@0, gone: mail.local-0@0: a record of first, not of deferred",\
        "client":"192.0.2.1 (client.example.com) to mx of edge-1 by ESMTP","attempts":1,\
        "site":"mx1.example.net:25","next":"TIME","in_its_way":[],\
        "history":["TIME worker-1 mx1.example.net[192.0.2.1]:25: 452 4.2.2 full"]}
        """,
        said("queue show " + DEFERRED.queueId() + " --format json"));
  }

  @Test
  void orders_in_force() {
    assertEquals(
        """
        directive  at  until  operator  about  reason
        hold-0gm3w1v7  TIME  TIME  olga  domain example.com  they asked
        """,
        said("queue acts"));
    assertEquals(
        """
        {"directive":"hold-0gm3w1v7","at":"TIME","until":"TIME","operator":"olga",\
        "about":"domain example.com","reason":"they asked"}
        """,
        said("queue acts --format json"));
  }

  @Test
  void dead_letters() {
    assertEquals(
        """
        id  buried  node  queue id  from  to  replayed  reason
        1@0  TIME  edge-1  dead  <sender@example.com>  dave@example.org  false  three strikes
        """,
        said("dead list"));
    assertEquals(
        """
        {"id":"1@0","buried":"TIME","node":"edge-1","queue_id":"dead",\
        "from":"<sender@example.com>","to":"dave@example.org","replayed":false,\
        "reason":"three strikes"}
        """,
        said("dead list --format json"));
  }

  @Test
  void a_dead_letter() {
    assertEquals(
        """
        id  1@0
        buried  TIME
        node  edge-1
        reason  three strikes
        record
        octets  214
        replayed  false
        queue id  dead
        from  <sender@example.com>
        to  dave@example.org
        arrived  TIME
        size  61
        attempts  0
        last said
        content  there
        """,
        said("dead show " + DEAD.queueId()));
    assertEquals(
        """
        {"id":"1@0","buried":"TIME","node":"edge-1","reason":"three strikes","record":"",\
        "octets":214,"replayed":false,"queue_id":"dead","from":"<sender@example.com>",\
        "to":["dave@example.org"],"arrived":"TIME","size":61,"attempts":0,"last_said":"",\
        "content":"there"}
        """,
        said("dead show 1@0 --format json"));
  }

  @Test
  void a_life() {
    assertEquals(
        """
        first
        at  node  event  what
        TIME  edge-1  accepted  from=sender@example.com
        TIME  edge-1  stored  uid=17

        """,
        said("trace " + FIRST.queueId()));
    assertEquals(
        """
        {"at":"TIME","node":"edge-1","queue_id":"first","event":"accepted","from":"sender@example.com"}
        {"at":"TIME","node":"edge-1","queue_id":"first","event":"stored","uid":"17"}
        """,
        said("trace " + FIRST.queueId() + " --format json"));
  }

  @Test
  void topics() {
    var prefix = TestBroker.shared().freshPrefix(DialogueIT.class);
    NAMES.put(prefix, "mail.");
    var settings =
        " --set kafka.replication=1 --set kafka.other_partitions=1"
            + " --set delivery.retry.delays=[1m,5m] --set kafka.topic_prefix="
            + prefix
            + " --set kafka.partitions=";
    assertEquals(
        "16 created, 0 were there",
        said("topics create" + settings + 2).lines().toList().getLast());
    assertEquals("16 topics, all as they should be\n", said("topics check" + settings + 2));
    assertEquals(
        """
        warning: mail.remote: has 2 partitions (expected: 4)
        warning: mail.local: has 2 partitions (expected: 4)
        warning: mail.remote.due: has 2 partitions (expected: 4)
        warning: mail.local.due: has 2 partitions (expected: 4)
        """,
        said("topics check" + settings + 4));
  }

  private static Envelope arrived(Envelope e) {
    return Envelope.accepted(
        e.queueId(),
        e.reversePath(),
        e.returnTo(),
        e.recipients(),
        e.parameters(),
        e.client(),
        THREE_DAYS_AGO,
        e.trace(),
        e.content());
  }

  /// Lists have none of their own.
  private static String inOrder(String lines) {
    return lines.lines().sorted().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String said(String command) {
    var words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--bootstrap", TestBroker.shared().bootstrap()));
    if (!command.contains("topic_prefix"))
      words.addAll(List.of("--set", "kafka.topic_prefix=" + CLUSTER.topics().prefix()));
    var ended = CommandRun.of(words.toArray(String[]::new));
    assertEquals(0, ended.exitCode(), ended.errors());
    assertEquals("", ended.errors());
    var text = ended.text();
    for (var name : NAMES.entrySet()) text = text.replace(name.getKey(), name.getValue());
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
        .replaceAll("\"age_seconds\":\\d+", "\"age_seconds\":N")
        .replaceAll(" {2,}", "  ");
  }
}
