package io.posthouse.delivery;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.world.Behaviour;
import io.posthouse.delivery.world.World;
import io.posthouse.message.Content;
import io.posthouse.message.Recipient;
import io.posthouse.message.Samples;
import io.posthouse.telemetry.MailEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is wrong with some of the hosts, a message for three recipients is delivered in one
/// attempt wherever any road is good; elsewhere each recipient has the right outcome, and nobody
/// gets two copies. The table is printed.
class FailureMatrixIT {
  private static final Recipient CAROL = Samples.CAROL;
  private static final Recipient LATER = Samples.remote("later@example.net");
  private static final Recipient GONE = Samples.remote("gone@example.net");

  /// Which hosts behave badly.
  enum Where {
    FIRST_ADDRESS {
      @Override
      void build(Worker worker, World world, Behaviour bad) {
        World.announce(worker.dns, "example.net", 10, "one.example.net", "127.0.1.1", "127.0.1.2");
        world.put("127.0.1.1", bad).put("127.0.1.2", Behaviour.GOOD);
      }
    },
    FIRST_HOST {
      @Override
      void build(Worker worker, World world, Behaviour bad) {
        World.announce(worker.dns, "example.net", 10, "one.example.net", "::1", "127.0.1.1");
        World.announce(worker.dns, "example.net", 20, "two.example.net", "127.0.2.1");
        world.put("::1", bad).put("127.0.1.1", bad).put("127.0.2.1", Behaviour.GOOD);
      }
    },
    IPV6 {
      @Override
      void build(Worker worker, World world, Behaviour bad) {
        World.announce(worker.dns, "example.net", 10, "one.example.net", "::1", "127.0.1.1");
        world.put("::1", bad).put("127.0.1.1", Behaviour.GOOD);
      }
    },
    IPV4 {
      @Override
      void build(Worker worker, World world, Behaviour bad) {
        World.announce(worker.dns, "example.net", 10, "one.example.net", "127.0.1.1");
        World.announce(worker.dns, "example.net", 20, "two.example.net", "127.0.2.1", "::1");
        world.put("127.0.1.1", bad).put("127.0.2.1", bad).put("::1", Behaviour.GOOD);
      }
    },
    EVERYWHERE {
      @Override
      void build(Worker worker, World world, Behaviour bad) {
        World.announce(worker.dns, "example.net", 10, "one.example.net", "::1", "127.0.1.1");
        World.announce(worker.dns, "example.net", 20, "two.example.net", "127.0.2.1");
        world.put("::1", bad).put("127.0.1.1", bad).put("127.0.2.1", bad);
      }
    };

    abstract void build(Worker worker, World world, Behaviour bad);
  }

  /// The outcomes of carol, later and gone, an initial each: Delivered, deferred (-), Bounced.
  private static String expected(Behaviour bad, Where where) {
    var good = where != Where.EVERYWHERE;
    return switch (bad) {
      case GOOD, SLOW_DOT -> "DDD";
      // Who cannot do TLS is spoken to in the clear.
      case STARTTLS_REFUSED, STARTTLS_DROPPED, STARTTLS_IN_THE_CLEAR -> "DDD";
      case MAIL_5XX -> "BBB";
      case RCPT_MIXED -> good ? "DDB" : "D-B";
      // The host may have it, so nobody else gets it now (RFC 1047).
      case AFTER_DOT_DROPPED, AFTER_DOT_SILENT -> "---";
      case REFUSED, BLACKHOLE, RESET, SILENT -> good ? "DDD" : "---";
      case GREETING_4XX, GREETING_421, GREETING_5XX, GREETING_DROPPED, GREETING_GARBAGE ->
          good ? "DDD" : "---";
      case EHLO_REFUSED, EHLO_DROPPED, MAIL_4XX, RCPT_4XX, DATA_4XX -> good ? "DDD" : "---";
      case MID_CONTENT_DROPPED, CONTENT_4XX -> good ? "DDD" : "---";
    };
  }

  @BeforeAll
  static void head() {
    System.out.println(
        "failure matrix: outcomes of three recipients in one attempt (D delivered, - deferred,"
            + " B bounced) and the connections that listening hosts had");
    System.out.printf("%-22s", "");
    for (var where : Where.values()) System.out.printf("%-18s", where);
    System.out.println();
  }

  @ParameterizedTest
  @EnumSource
  void mail_moves_wherever_any_road_is_good(Behaviour bad) throws Exception {
    var rows = new ArrayList<Future<Row>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var where : Where.values()) rows.add(threads.submit(() -> Row.of(bad, where)));
    }
    var cells = new ArrayList<Row>();
    for (var row : rows) cells.add(row.get());
    System.out.printf("%-22s%s%n", bad, cells.stream().map(Row::cell).collect(joining()));
    assertAll(cells.stream().map(row -> row::check));
  }

  /// What came of one attempt, and of another once all hosts are good.
  private record Row(
      Behaviour bad,
      Where where,
      String outcomes,
      List<Integer> copies,
      int connections,
      List<Integer> copiesAtLast) {
    static Row of(Behaviour bad, Where where) {
      try (var world = new World();
          var worker = new Worker(settings(bad, world.port()))) {
        where.build(worker, world, bad);
        worker.deliver(Samples.message(content(bad), CAROL, LATER, GONE));
        var outcomes = initials(worker);
        var copies = copies(world);
        var connections = world.connections().values().stream().mapToInt(i -> i).sum();
        world.mend();
        if (outcomes.contains("-")) worker.whenDue("retry.1m");
        return new Row(bad, where, outcomes, copies, connections, copies(world));
      }
    }

    String cell() {
      return "%-18s".formatted(outcomes + " " + connections);
    }

    void check() {
      var what = bad + " at " + where + ": ";
      var expected = expectedOutcomes();
      assertEquals(expected, outcomes, what + "outcomes");
      assertEquals(expected.chars().mapToObj(c -> c == 'D' ? 1 : 0).toList(), copies, what + "now");
      assertEquals(
          expected.chars().mapToObj(c -> c == 'B' ? 0 : 1).toList(), copiesAtLast, what + "later");
    }

    private String expectedOutcomes() {
      return expected(bad, where);
    }

    private static String[] settings(Behaviour bad, int port) {
      var settings =
          new ArrayList<>(List.of("delivery.port=" + port, "delivery.timeouts.connect=2s"));
      for (var reply : List.of("greeting", "ehlo", "mail", "rcpt", "data"))
        settings.add("delivery.timeouts." + reply + "=2s");
      settings.add("delivery.timeouts.end=" + (bad == Behaviour.SLOW_DOT ? "30s" : "2s"));
      return settings.toArray(String[]::new);
    }

    private static String initials(Worker worker) {
      return List.of(CAROL, LATER, GONE).stream().map(to -> initial(worker, to)).collect(joining());
    }

    private static String initial(Worker worker, Recipient to) {
      return worker.events.stream()
          .flatMap(event -> outcome(event, to).stream())
          .collect(joining());
    }

    /// More than fits between two sockets, where the host must not have it all when it hangs up.
    private static Content content(Behaviour bad) {
      var lines = bad == Behaviour.MID_CONTENT_DROPPED ? 12 * 1024 : 1;
      return Samples.text("Subject: x\r\n\r\n" + ("x".repeat(1022) + "\r\n").repeat(lines));
    }

    private static List<String> outcome(MailEvent event, Recipient of) {
      return switch (event) {
        case MailEvent.Delivered e when e.to().equals(of.address()) -> List.of("D");
        case MailEvent.Deferred e when e.to().equals(of.address()) -> List.of("-");
        case MailEvent.Bounced e when e.to().equals(of.address()) -> List.of("B");
        case MailEvent.Bug e -> List.of("!" + e.cause());
        case MailEvent _ -> List.of();
      };
    }

    private static List<Integer> copies(World world) {
      return Arrays.asList(CAROL, LATER, GONE).stream()
          .map(to -> world.copies().getOrDefault("<" + to.address() + ">", 0))
          .toList();
    }
  }
}
