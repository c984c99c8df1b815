package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.delivery.conversation.Patience;
import io.posthouse.delivery.routing.RouteHost;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliverySettingsTest {
  @Test
  void the_defaults_are_the_rfcs() throws ConfigException {
    var settings = read();
    assertEquals(25, settings.port());
    assertEquals(Patience.RFC5321, settings.patience());
    assertEquals(Duration.ofDays(5), settings.retry().expiry());
    assertEquals(Duration.ofMinutes(1), settings.retry().delayAfter(1));
    assertEquals(Duration.ofHours(4), settings.retry().delayAfter(99));
    assertEquals(Optional.empty(), settings.routes().hosts(new Domain("example.net")));
  }

  @ParameterizedTest
  @CsvSource({
    "relay.example.org,      relay.example.org:25",
    "relay.example.org:2525, relay.example.org:2525",
    "127.0.0.1:2626,         [127.0.0.1]:2626",
    "[::1]:2626,             [ipv6:::1]:2626",
    "2001:db8::1,            [ipv6:2001:db8::1]:25",
  })
  void a_host_of_a_route_is_a_name_or_an_address(String written, String host)
      throws ConfigException {
    var settings = read("delivery.routes.\"*\".hosts=\"" + written + "\"");
    assertEquals(List.of(host), hosts(settings, "example.net"));
  }

  @Test
  void a_route_may_have_several_hosts_in_order() throws ConfigException {
    var settings =
        read(
            "delivery.routes.\"*.example.net\".hosts=[a.example.org, b.example.org:26]",
            "delivery.routes.\"example.com\".hosts=c.example.org");
    assertEquals(
        List.of("a.example.org:25", "b.example.org:26"), hosts(settings, "mail.example.net"));
    assertEquals(List.of("c.example.org:25"), hosts(settings, "example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "delivery.routes.\"*\".hosts=[],              delivery.routes",
    "delivery.routes.\"*\".hosts=no host,         delivery.routes.*.hosts",
    "delivery.retry.delays=[],                    delivery.retry",
    "delivery.retry.delays=[1ms],                 delivery.retry.delays",
    "delivery.timeouts.end=0s,                    delivery.timeouts.end",
    "delivery.per_destination=0,                  delivery.per_destination",
    "delivery.own_addresses=[mx.example.net],     delivery.own_addresses",
  })
  void what_cannot_be_meant_is_a_problem(String setting, String key) {
    var problems = assertThrows(ConfigException.class, () -> read(setting));
    assertTrue(String.valueOf(problems.getMessage()).contains(key), () -> problems.getMessage());
  }

  private static List<String> hosts(DeliverySettings settings, String domain) {
    return settings.routes().hosts(new Domain(domain)).orElseThrow().stream()
        .map(RouteHost::toString)
        .toList();
  }

  private static DeliverySettings read(String... settings) throws ConfigException {
    return SettingsFile.defaults()
        .with(Arrays.asList(settings))
        .read(in -> DeliverySettings.read(in.section("delivery")))
        .settings();
  }
}
