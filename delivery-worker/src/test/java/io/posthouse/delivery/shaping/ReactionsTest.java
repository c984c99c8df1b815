package io.posthouse.delivery.shaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.delivery.shaping.Reaction.Action;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReactionsTest {
  private static final Domain EXAMPLE = new Domain("example.net");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "421 | 4.7.28 | Our system has detected an unusual rate of unsolicited mail | unusual-rate",
        "421 | 4.7.0 | mx.example.net Error: too many connections from 192.0.2.1 | too-many-connections",
        "421 | | Too many concurrent SMTP connections; please try again later | too-many-connections",
        "421 | 4.3.2 | The maximum number of concurrent connections has exceeded a limit | ",
        "421 | 4.3.2 | Connection count exceeded; closing channel | too-many-connections",
        "451 | 4.7.651 | Rate limited due to IP reputation | rate-limited",
        "450 | 4.7.1 | Your messages are being throttled | rate-limited",
        "421 | 4.7.0 | Try again later, closing connection | try-later",
        "452 | 4.5.3 | Too many recipients | ",
        "452 | 4.2.2 | Mailbox full | ",
        "450 | 4.7.1 | Greylisted, try again in 5 minutes | ",
        "550 | 5.1.1 | No such user | ",
        "550 | 5.7.1 | You send too many messages | ",
      })
  void what_hosts_say_about_our_speed_is_known(
      int code, @Nullable String status, String text, @Nullable String reaction) throws Exception {
    assertEquals(Optional.ofNullable(reaction), name(read(""), reply(code, status, text)));
  }

  @Test
  void the_operators_lines_come_first_in_their_order() throws Exception {
    var reactions =
        read(
            """
            reactions:
              - {name: blocked, code: 4xx, text: "blocked.*our list", do: suspend, for: 1h}
              - {name: full-is-final, status: 4.2.2, do: bounce}
              - {name: other-road, status: "5.7.*", text: "ipv6", do: elsewhere}
              - {name: wait, code: 55x, domain: example.net, do: defer}
              - {name: crawl, code: 421, mx: mx.example.net, do: slow, rate: 1/1m, for: 5m}
            """);
    assertEquals("Suspend[time=PT1H]", action(reactions, reply(450, null, "BLOCKED by our list")));
    assertEquals("Bounce[]", action(reactions, reply(452, "4.2.2", "Mailbox full")));
    assertEquals("Elsewhere[]", action(reactions, reply(550, "5.7.1", "IPv6 without PTR")));
    assertEquals("Defer[]", action(reactions, reply(553, null, "no")));
    assertEquals(
        "Slow[rate=1/1m, time=PT5M]", action(reactions, reply(421, "4.7.0", "try again later")));
    assertEquals(
        Optional.of("try-later"),
        reactions
            .to(
                reply(421, "4.7.0", "try again later"),
                EXAMPLE,
                new Route.Hosts(
                    List.of(new RouteHost(new Domain("mx.example.org"), 25, Reason.MX))))
            .map(Reaction::name),
        "a line for another host");
  }

  @Test
  void ours_can_be_left_out() throws Exception {
    var reactions = read("built_in_reactions: false\n");
    assertEquals(Optional.empty(), name(reactions, reply(421, "4.7.28", "slow down")));
  }

  @Test
  void a_regular_expression_cannot_keep_us_thinking() throws Exception {
    var reactions = read("reactions: [{name: deep, text: '(a+)+(a+)+(a+)+$', do: bounce}]\n");
    assertEquals(Optional.empty(), name(reactions, reply(450, null, "a".repeat(900) + "!")));
    assertEquals(Optional.of("deep"), name(reactions, reply(450, null, "aaa")));
  }

  @Test
  void a_line_that_cannot_be_is_refused_with_its_place() {
    var problem =
        assertThrows(
            ConfigException.class,
            () ->
                read(
                    """
                    reactions:
                      - {name: a, text: "(", do: defer}
                      - {name: b, code: 250, do: defer}
                      - {name: c, do: slow}
                      - {name: d, code: 421, do: shout}
                    """));
    var told = String.valueOf(problem.getMessage());
    for (var part :
        List.of(
            ":4:23: delivery.reactions[0].text: (",
            ":5:23: delivery.reactions[1].code: 250",
            ":6:7: delivery.reactions[2].code: missing",
            "delivery.reactions[3].do: shout"))
      assertTrue(told.contains(part), () -> part + " in " + told);
  }

  private Reactions read(String delivery) throws Exception {
    var file = folder.resolve("posthouse.yaml");
    Files.writeString(file, "version: 1\ndelivery:\n" + delivery.indent(2));
    return SettingsFile.of(file, Map.of())
        .read(in -> Reactions.read(in.section("delivery")))
        .settings();
  }

  private static String action(Reactions reactions, Reply reply) {
    return to(reactions, reply).map(Reaction::action).map(Action::toString).orElse("none");
  }

  private static Optional<String> name(Reactions reactions, Reply reply) {
    return to(reactions, reply).map(Reaction::name);
  }

  private static Optional<Reaction> to(Reactions reactions, Reply reply) {
    var host = new RouteHost(new Domain("mx.example.net"), 25, Reason.MX);
    return reactions.to(reply, EXAMPLE, new Route.Hosts(List.of(host)));
  }

  private static Reply reply(int code, @Nullable String status, String text) {
    return new Reply(code, Optional.ofNullable(status).map(EnhancedStatus::of), List.of(text));
  }
}
