package io.posthouse.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.config.TlsSettings;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import io.posthouse.embedded.TestMongo;
import io.posthouse.mongo.Hashing;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoLogins;
import io.posthouse.mongo.MongoTallies;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.telemetry.LoginResult;
import io.posthouse.telemetry.MailEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two edges with one database, which can hang.
class SharedCountsIT {
  private static final String BOB = "bob@example.net";
  private static final String LISTENERS =
      "listeners=[{name: submissions, kind: submissions, port: 0, address: 127.0.0.1}]";

  @TempDir static Path folder;
  private static TlsSettings identity = new TlsSettings(Optional.empty());

  private final String database = TestMongo.shared().freshDatabase(getClass());
  private final FreezingRelay relay =
      new FreezingRelay(URI.create(TestMongo.shared().uri()).getPort());
  private final List<AutoCloseable> open = new ArrayList<>();
  private UserId bob = new UserId("0".repeat(24));

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = TestIdentity.in(folder);
  }

  @BeforeEach
  void addBob() throws MongoDown {
    var created = new MongoUsers(mongo()).create(MailAddress.of(BOB), "secret", 0);
    bob = assertInstanceOf(Creation.Created.class, created).user();
  }

  @AfterEach
  void close() throws Exception {
    relay.thaw();
    for (var one : open.reversed()) one.close();
    relay.close();
  }

  @Test
  void who_guesses_at_one_edge_is_sent_away_by_the_other() {
    var one = edge("auth.guessing.per_pair=3");
    var other = edge("auth.guessing.per_pair=3");
    login(one, "wrong 1", "535 5.7.8");
    login(one, "wrong 2", "535 5.7.8");
    login(other, "wrong 3", "535 5.7.8");
    login(other, "secret", "421 4.7.0");
    login(one, "secret", "421 4.7.0");
    assertEquals(1, results(one, LoginResult.BLOCKED));
  }

  @Test
  void messages_and_recipients_are_counted_at_both_edges() {
    var settings =
        new String[] {"submission.messages_per_hour=2", "submission.recipients_per_day=3"};
    var one = edge(settings);
    var other = edge(settings);
    try (var first = loggedIn(one);
        var second = loggedIn(other)) {
      first.play("C: MAIL FROM:<bob@example.net>\nS: 250\nC: RCPT TO:<a@example.org>\nS: 250");
      second.play(
          """
          C: MAIL FROM:<bob@example.net>
          S: 250
          C: RCPT TO:<b@example.org>
          S: 250
          C: RCPT TO:<c@example.org>
          S: 250
          C: RCPT TO:<d@example.org>
          S: 450 4.7.1
          C: RSET
          S: 250
          C: MAIL FROM:<bob@example.net>
          S: 450 4.7.1
          """);
      first.play("C: RCPT TO:<e@example.org>\nS: 450 4.7.1");
    }
  }

  @Test
  void a_database_that_hangs_is_our_trouble_and_users_come_in_when_it_is_back() {
    var edge = edge("auth.guessing.per_pair=2");
    login(edge, "secret", "235 2.7.0");
    relay.freeze();
    for (int i = 0; i < 3; i++) login(edge, "secret", "454 4.7.0");
    var trouble =
        edge.events.stream()
            .filter(MailEvent.LoginTried.class::isInstance)
            .map(MailEvent.LoginTried.class::cast)
            .filter(event -> event.result() == LoginResult.UNAVAILABLE)
            .toList();
    assertEquals(3, trouble.size());
    assertTrue(trouble.stream().allMatch(event -> event.incident().isPresent()));
    relay.thaw();
    await().untilAsserted(() -> login(edge, "secret", "235 2.7.0"));
  }

  @Test
  void who_is_over_a_limit_stays_so_while_the_database_hangs() {
    var edge = edge("submission.messages_per_hour=1");
    try (var client = loggedIn(edge)) {
      relay.freeze();
      client.play(
          """
          C: MAIL FROM:<bob@example.net>
          S: 250
          C: RSET
          S: 250
          C: MAIL FROM:<bob@example.net>
          S: 450 4.7.1
          """);
    }
  }

  private TestEdge edge(String... settings) {
    var all = new ArrayList<>(List.of(settings));
    all.add(LISTENERS);
    var mongo = mongo();
    var edge =
        new TestEdge(all.toArray(String[]::new))
            .loggingIn(new MongoLogins(mongo, Hashing.byDefault()))
            .counting(new MongoTallies(mongo, InstantSource.system()))
            .start(identity);
    edge.directory.set(BOB, new Resolution.LocalUser(bob));
    open.add(edge);
    return edge;
  }

  private Mongo mongo() {
    var mongo = Mongo.connect("mongodb://127.0.0.1:" + relay.port(), database);
    open.add(mongo);
    return mongo;
  }

  private static SmtpClient loggedIn(TestEdge edge) {
    var client = edge.client("submissions");
    return client
        .secure()
        .play("S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN " + plain("secret") + "\nS: 235");
  }

  private static void login(TestEdge edge, String password, String reply) {
    try (var client = edge.client("submissions")) {
      client.secure();
      client.play("S: 220\nC: EHLO x\nS: 250\nC: AUTH PLAIN " + plain(password) + "\nS: " + reply);
    }
  }

  private static String plain(String password) {
    var message = "\0" + BOB + "\0" + password;
    return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
  }

  private static long results(TestEdge edge, LoginResult result) {
    return edge.events.stream()
        .filter(event -> event instanceof MailEvent.LoginTried login && login.result() == result)
        .count();
  }
}
