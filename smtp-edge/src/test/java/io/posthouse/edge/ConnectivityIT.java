package io.posthouse.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.session.ListenerKind;
import io.posthouse.telemetry.MailEvent;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way in, in every segmentation: the dialogues of [Connectivity], and what is not one.
class ConnectivityIT {
  private static final int AT_A_TIME = 24;
  private static final int LOGINS = 5000;
  private static final AtomicInteger PLAYED = new AtomicInteger();

  @TempDir static Path folder;
  private static final TestEdge edge =
      new TestEdge(Door.listeners(), "limits.exempt=[0.0.0.0/0, '::/0']");

  @BeforeAll
  static void start() throws Exception {
    edge.start(TestIdentity.in(folder));
  }

  @AfterAll
  static void close() {
    edge.close();
    System.out.printf("connectivity: %d dialogues%n", PLAYED.get());
  }

  @AfterEach
  void nothing_went_wrong_inside() {
    assertTrue(edge.events.stream().noneMatch(MailEvent.Bug.class::isInstance));
  }

  static List<Connectivity> cases() {
    return Connectivity.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void goes_the_same_way_at_every_door_in_every_segmentation(Connectivity one) {
    everywhere(one.doors(), (door, client) -> client.play(one.at(door)));
  }

  @ParameterizedTest(name = "C-13 {0}")
  @CsvSource(
      textBlock =
          """
          jürgen@bücher.example, Grüße
          100%, %41%zz%
          a:b, c:d+e
          'with blank', ' in front and behind '
          emoji, 🐌📮
          long, 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
          """)
  void the_verifier_gets_what_the_user_typed(String name, String password) {
    edge.logins.add(name, password, edge.bob);
    var plain = "C: AUTH PLAIN %s\nS: 235\n".formatted(base64("\0" + name + "\0" + password));
    var asked =
        "C: AUTH LOGIN\nS: 334\nC: %s\nS: 334\nC: %s\nS: 235\n"
            .formatted(base64(name), base64(password));
    everywhere(Connectivity.FOR_USERS, (door, client) -> client.play(door.beginning() + plain));
    everywhere(Connectivity.FOR_USERS, (door, client) -> client.play(door.beginning() + asked));
  }

  /// C-09
  @Test
  void while_nobody_can_check_passwords_no_account_is_blamed() {
    edge.logins.breakDown("the test says so");
    try {
      var script = "C: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 454 4.7.0\nC: NOOP\nS: 250\n";
      everywhere(Connectivity.FOR_USERS, (door, client) -> client.play(door.beginning() + script));
    } finally {
      edge.logins.recover();
    }
  }

  /// C-31
  @Test
  void tls_and_login_are_announced_where_they_can_be_had() {
    everywhere(
        Set.of(ListenerKind.SUBMISSION),
        (_, client) -> {
          assertEquals("STARTTLS", offered(client.play("S: 220\nC: EHLO x")));
          assertEquals("AUTH", offered(client.play("C: STARTTLS\nS: 220\nC: (TLS)\nC: EHLO x")));
          client.play("C: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 235\nC: EHLO x");
          assertEquals("", offered(client));
        });
    everywhere(
        Connectivity.FOR_SERVERS,
        (_, client) -> {
          assertEquals("STARTTLS", offered(client.play("S: 220\nC: EHLO x")));
          assertEquals("", offered(client.play("C: STARTTLS\nS: 220\nC: (TLS)\nC: EHLO x")));
        });
  }

  /// C-36
  @Test
  void who_brought_a_message_and_how_is_written_down() {
    var login = "C: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 235\n";
    var mail =
        """
        C: MAIL FROM:<bob@example.net>
        S: 250
        C: RCPT TO:<carol@example.net>
        S: 250
        C: DATA
        S: 354
        C: .
        """;
    everywhere(
        Connectivity.ALL_DOORS,
        (door, client) -> {
          var isUser = Connectivity.FOR_USERS.contains(door.kind());
          client.play(door.beginning() + (isUser ? login : "") + mail);
          var by = accepted(client.reply().getLast()).envelope().client();
          assertEquals(isUser ? "ESMTPSA" : "ESMTPS", by.protocol().toString());
          assertEquals(isUser ? Optional.of("bob") : Optional.empty(), by.user());
          assertEquals(door.name(), by.listener());
          assertEquals("client.example.org", by.helo());
          assertEquals(door.client(), by.address());
        });
  }

  /// C-38
  @Test
  void what_is_slipped_in_behind_starttls_is_not_obeyed() {
    everywhere(
        Set.of(ListenerKind.MX, ListenerKind.SUBMISSION),
        (_, client) -> {
          client.play("S: 220\nC: EHLO x\nS: 250");
          for (var reply : replies(client, "STARTTLS\r\nMAIL FROM:<bob@example.net>\r\nRSET\r\n"))
            assertTrue(reply.matches("(220|554) .*"), reply);
        });
  }

  /// What is said up to the end of the connection, in whatever way that comes.
  private static List<String> replies(SmtpClient client, String said) {
    var replies = new ArrayList<String>();
    try {
      client.send(said);
      for (var reply = client.reply(); !reply.isEmpty(); reply = client.reply())
        replies.addAll(reply);
    } catch (UncheckedIOException hungUp) {
      // Octets that we do not read any more make the system cut the connection off.
      return replies;
    }
    return replies;
  }

  /// The event of a message, which is recorded once the reply is on its way.
  private static MailEvent.Accepted accepted(String reply) {
    var id = reply.substring(reply.lastIndexOf(' ') + 1);
    return await()
        .until(
            () ->
                edge.events.stream()
                    .filter(MailEvent.Accepted.class::isInstance)
                    .map(MailEvent.Accepted.class::cast)
                    .filter(event -> event.queueId().toString().equals(id))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /// Which of STARTTLS and AUTH the reply to EHLO announces.
  private static String offered(SmtpClient client) {
    return String.join(
        " ",
        client.reply().stream()
            .map(line -> line.substring(4).split(" ", 2)[0])
            .filter(Set.of("STARTTLS", "AUTH")::contains)
            .toList());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /// C-40
  @Test
  void five_thousand_log_in_and_nobody_fails() {
    var script = "C: AUTH PLAIN AGJvYgBzZWNyZXQ=\nS: 235\nC: QUIT\nS: 221\n";
    var runs = new ArrayList<Run>();
    for (var door : Door.all())
      if (Connectivity.FOR_USERS.contains(door.kind()))
        for (var cut : List.of(Segmentation.OCTETS, Segmentation.GROUPS))
          runs.addAll(Collections.nCopies(LOGINS / 24 + 1, new Run(door, cut)));
    Collections.shuffle(runs);
    play(runs, 200, (door, client) -> client.play(door.beginning() + script));
  }

  private record Run(Door door, Segmentation cut) {}

  private static void everywhere(Set<ListenerKind> kinds, BiConsumer<Door, SmtpClient> dialogue) {
    var runs = new ArrayList<Run>();
    for (var door : Door.all())
      for (var cut : Segmentation.values())
        if (kinds.contains(door.kind())) runs.add(new Run(door, cut));
    play(runs, AT_A_TIME, dialogue);
  }

  private static void play(List<Run> runs, int atATime, BiConsumer<Door, SmtpClient> dialogue) {
    var failures = new ConcurrentLinkedQueue<String>();
    var permits = new Semaphore(atATime);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var run : runs) {
        permits.acquireUninterruptibly();
        threads.execute(() -> {
          play(run.door(), run.cut(), dialogue).ifPresent(failures::add);
          permits.release();
        });
      }
    }
    assertEquals(List.of(), List.copyOf(failures));
  }

  private static Optional<String> play(
      Door door, Segmentation cut, BiConsumer<Door, SmtpClient> dialogue) {
    PLAYED.incrementAndGet();
    try (var client = door.enter(edge, cut)) {
      dialogue.accept(door, client);
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of(door + ", " + cut + ": " + e);
    }
  }
}
