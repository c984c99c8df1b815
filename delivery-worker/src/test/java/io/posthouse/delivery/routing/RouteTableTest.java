package io.posthouse.delivery.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.Domain;
import io.posthouse.delivery.routing.RouteHost.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
  private static final RouteHost RELAY =
      new RouteHost(new Domain("relay.example.org"), 25, Reason.ROUTE_TABLE);

  @ParameterizedTest
  @CsvSource({
    "example.net,     example.net",
    "mail.example.net, *.example.net",
    "a.b.example.net, *.b.example.net",
    "c.b.a.example.net, *.example.net",
    "example.com,     ",
    "net,             ",
  })
  void the_most_specific_pattern_counts(String domain, String pattern) {
    var table = table("example.net", "*.example.net", "*.b.example.net");
    assertEquals(Optional.ofNullable(pattern), table.pattern(new Domain(domain)));
  }

  @Test
  void a_star_is_for_all_that_nothing_else_is_for() {
    var table = table("*", "example.net");
    assertEquals(Optional.of("*"), table.pattern(new Domain("example.com")));
    assertEquals(Optional.of("*"), table.pattern(new Domain("[192.0.2.1]")));
    assertEquals(Optional.of("example.net"), table.pattern(new Domain("example.net")));
  }

  @Test
  void a_pattern_may_be_written_in_any_case() {
    assertEquals(
        Optional.of("*.example.net"), table("*.Example.NET").pattern(new Domain("a.example.net")));
  }

  @Test
  void a_route_without_hosts_leads_nowhere_so_it_is_refused() {
    assertThrows(
        IllegalArgumentException.class, () -> new RouteTable(Map.of("example.net", List.of())));
  }

  @Test
  void a_pattern_that_no_domain_matches_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> table("*example.net"));
  }

  private static RouteTable table(String... patterns) {
    var routes = new HashMap<String, List<RouteHost>>();
    for (var pattern : patterns) routes.put(pattern, List.of(RELAY));
    return new RouteTable(routes);
  }
}
