package io.posthouse.delivery.shaping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.RouteHost.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShapingTest {
  private static final Route GOOGLE = to("a.mx.google.example", "b.mx.google.example");
  private static final Route MIXED = to("a.mx.google.example", "mx.example.org");

  @TempDir Path folder;

  @Test
  void without_a_word_the_defaults_hold() throws Exception {
    var limits = limits(read(""), "example.net", GOOGLE);
    assertEquals("20 (default)", limits.most().toString());
    assertEquals("unlimited (default)", limits.messageRate().toString());
  }

  @Test
  void each_limit_comes_from_the_most_specific_rule_that_sets_it() throws Exception {
    var shaping =
        read(
            """
            shaping:
              message_rate: 100/1s
              rules:
                - mx: "*"
                  message_rate: 90/1s
                  messages: 9
                  recipients: 9
                - mx: "*.google.example"
                  messages: 8
                  recipients: 8
                - domain: example.net
                  recipients: 7
            """);
    var limits = limits(shaping, "example.net", GOOGLE);
    assertEquals("20 (default)", limits.most().toString());
    assertEquals("90/1s (rule mx *, FILE:7:9)", text(limits.messageRate()));
    assertEquals("8 (rule mx *.google.example, FILE:11:9)", text(limits.messages()));
    assertEquals("7 (rule domain example.net, FILE:14:9)", text(limits.recipients()));
    assertEquals(8, limits(shaping, "example.org", GOOGLE).recipients().value());
    assertEquals(9, limits(shaping, "example.org", to("mx.example.org")).recipients().value());
    assertEquals(
        "100/1s (shaping, FILE:4:5)",
        text(limits(shaping, "nowhere.example", new Route.Unanswered("")).messageRate()));
  }

  @Test
  void a_site_rule_wants_every_host_and_an_mx_rule_any() throws Exception {
    var shaping =
        read(
            """
            shaping:
              rules:
                - site: "*.google.example"
                  messages: 3
                - mx: "*.google.example"
                  messages: 2
            """);
    assertEquals(3, limits(shaping, "example.net", GOOGLE).messages().value());
    assertEquals(2, limits(shaping, "example.net", MIXED).messages().value());
  }

  @Test
  void among_equals_the_longer_pattern_wins_and_then_the_earlier_rule() throws Exception {
    var shaping =
        read(
            """
            shaping:
              rules:
                - {mx: "*.example", messages: 1}
                - {mx: "*.mx.google.example", messages: 2}
                - {mx: "*.mx.google.example", messages: 3}
                - {mx: "a.mx.google.example", recipients: 4}
                - {mx: ["*.mx.google.example", "nowhere.example"], recipients: 5}
            """);
    assertEquals(2, limits(shaping, "example.net", GOOGLE).messages().value());
    assertEquals(4, limits(shaping, "example.net", GOOGLE).recipients().value());
  }

  @Test
  void domains_of_one_site_are_counted_together_unless_a_rule_sets_them_apart() throws Exception {
    var shaping =
        read(
            """
            shaping:
              rules:
                - {domain: "*.example.net", message_rate: 1/1s}
            """);
    var here = shaping.share(new Domain("example.org"), GOOGLE).name();
    assertEquals(here, shaping.share(new Domain("example.com"), GOOGLE).name());
    var apart = shaping.share(new Domain("a.example.net"), GOOGLE).name();
    assertNotEquals(here, apart);
    assertEquals(apart, shaping.share(new Domain("b.example.net"), GOOGLE).name());
  }

  @Test
  void a_rule_that_is_for_nobody_or_for_too_many_is_refused_with_its_place() {
    var problem =
        assertThrows(
            ConfigException.class,
            () ->
                read(
                    """
                    shaping:
                      rules:
                        - {messages: 1}
                        - {mx: "*", domain: "*", messages: 1}
                        - {mx: "two words", message_rate: often}
                    """));
    var told = String.valueOf(problem.getMessage());
    Stream.of(
            ":5:9: delivery.shaping.rules[0].mx: missing",
            ":6:10: delivery.shaping.rules[1].mx: one too many",
            ":7:14: delivery.shaping.rules[2].mx[0]: two words",
            ":7:41: delivery.shaping.rules[2].message_rate: often")
        .forEach(part -> assertTrue(told.contains(part), () -> part + " in " + told));
  }

  private Shaping read(String delivery) throws Exception {
    var file = folder.resolve("posthouse.yaml");
    Files.writeString(file, "version: 1\ndelivery:\n" + delivery.indent(2));
    return SettingsFile.of(file, Map.of())
        .read(in -> Shaping.read(in.section("delivery.shaping"), Limits.DEFAULT))
        .settings();
  }

  private String text(Limit<?> limit) {
    return limit.toString().replace(folder.resolve("posthouse.yaml").toString(), "FILE");
  }

  private static Limits limits(Shaping shaping, String domain, Route route) {
    return shaping.share(new Domain(domain), route).limits();
  }

  private static Route to(String... hosts) {
    return new Route.Hosts(
        Stream.of(hosts).map(host -> new RouteHost(new Domain(host), 25, Reason.MX)).toList());
  }
}
