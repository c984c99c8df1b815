package io.posthouse.delivery.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.delivery.routing.RouteTable.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  @ParameterizedTest
  @CsvSource({
    "example.net,       routes.example.net",
    "mail.example.net,  routes.*.example.net",
    "a.b.example.net,   routes.*.b.example.net",
    "c.b.a.example.net, routes.*.example.net",
    "example.com,       ",
    "net,               ",
  })
  void the_most_specific_pattern_counts(String domain, String entry) {
    var table = recipients("example.net", "*.example.net", "*.b.example.net");
    assertEquals(Optional.ofNullable(entry), entry(table, domain, "bob@example.org"));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com,  routes.*",
    "[192.0.2.1],  routes.*",
    "example.net,  routes.example.net",
  })
  void a_star_is_for_all_that_nothing_else_is_for(String domain, String entry) {
    var table = recipients("*", "example.net");
    assertEquals(Optional.of(entry), entry(table, domain, "bob@example.org"));
  }

  @ParameterizedTest
  @CsvSource({
    "bob@example.org,        sender_routes.bob@example.org",
    "BOB@Example.ORG,        sender_routes.bob@example.org",
    "carol@example.org,      sender_routes.example.org",
    "dave@mail.example.org,  sender_routes.*.example.org",
    "erin@example.com,       sender_routes.*",
    "<>,                     sender_routes.<>",
  })
  void a_sender_has_a_route_by_address_domain_or_for_having_none(String sender, String entry) {
    var table = senders("bob@example.org", "example.org", "*.example.org", "<>", "*");
    assertEquals(Optional.of(entry), entry(table, "example.net", sender));
  }

  @ParameterizedTest
  @CsvSource({
    "example.net,      bob@example.org,  routes.example.net",
    "mail.example.net, bob@example.org,  routes.*.example.net",
    "example.com,      bob@example.org,  sender_routes.example.org",
    "example.com,      bob@example.info, routes.*",
    "example.com,      <>,               routes.*",
  })
  void the_recipients_domain_counts_before_the_sender_and_the_sender_before_all_recipients(
      String domain, String sender, String entry) {
    var table = table(List.of("example.net", "*.example.net", "*"), List.of("example.org"));
    assertEquals(Optional.of(entry), entry(table, domain, sender));
  }

  @Test
  void a_pattern_may_be_written_in_any_case_and_beyond_ascii() {
    assertEquals(
        Optional.of("routes.*.example.net"),
        entry(recipients("*.Example.NET"), "a.example.net", "<>"));
    assertEquals(
        Optional.of("routes.xn--bcher-kva.example"),
        entry(recipients("b\u00fccher.example"), "xn--bcher-kva.example", "<>"));
  }

  @Test
  void a_route_without_hosts_leads_nowhere_so_it_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Directions.Hosts(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*example.net", "", "example.*", "two words"})
  void a_pattern_that_no_domain_matches_is_refused(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> recipients(pattern));
    assertThrows(IllegalArgumentException.class, () -> senders(pattern));
  }

  @Test
  void a_pattern_that_no_sender_matches_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> senders("bob@"));
  }

  private static Optional<String> entry(RouteTable table, String domain, String sender) {
    var path =
        sender.equals("<>")
            ? new ReversePath.Null()
            : new ReversePath.Sender(MailAddress.of(sender));
    return table.entry(new Domain(domain), path).map(Entry::key);
  }

  private static RouteTable recipients(String... patterns) {
    return table(Arrays.asList(patterns), List.of());
  }

  private static RouteTable senders(String... patterns) {
    return table(List.of(), Arrays.asList(patterns));
  }

  private static RouteTable table(List<String> recipients, List<String> senders) {
    return new RouteTable(directions(recipients), directions(senders));
  }

  private static Map<String, Directions> directions(List<String> patterns) {
    return patterns.stream().collect(Collectors.toMap(Function.identity(), _ -> Directions.USUAL));
  }
}
