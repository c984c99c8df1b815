package io.posthouse.delivery.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.config.Network;
import io.posthouse.delivery.routing.RouteHost.Reason;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Dns;
import io.posthouse.dns.InMemoryDns;
import io.posthouse.dns.Mx;
import io.posthouse.dns.Tlsa;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AddressLookupTest {
  private static final String MX = "mx.example.net";

  private final InMemoryDns dns = new InMemoryDns();

  @Test
  void families_take_turns_and_ipv6_begins() {
    dns.address(MX, "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8::3");
    assertEquals(
        List.of(
            "2001:db8:0:0:0:0:0:1",
            "192.0.2.1",
            "2001:db8:0:0:0:0:0:2",
            "192.0.2.2",
            "2001:db8:0:0:0:0:0:3"),
        usable(Reason.MX));
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,             unspecified",
    "::,                  unspecified",
    "127.0.0.1,           loopback",
    "::1,                 loopback",
    "169.254.1.1,         link-local",
    "fe80::1,             link-local",
    "224.0.0.1,           multicast",
    "ff02::1,             multicast",
    "255.255.255.255,     broadcast",
    "0.1.2.3,             reserved",
    "240.0.0.1,           reserved",
    "203.0.113.25,        in a network to skip",
  })
  void an_unusable_address_is_skipped_with_its_reason(String address, String reason) {
    dns.address(MX, address);
    var none = assertInstanceOf(HostAddresses.None.class, addresses(Reason.MX));
    assertEquals(List.of(reason), none.skipped().stream().map(s -> s.why()).toList());
    assertTrue(none.why().startsWith("mx.example.net has no usable address: "), none.why());
  }

  @Test
  void our_own_address_leads_back_to_us() {
    dns.address(MX, "fe80::1", "198.51.100.25");
    assertEquals(
        new HostAddresses.OurOwn(
            "mx.example.net has no usable address: fe80:0:0:0:0:0:0:1 is link-local,"
                + " 198.51.100.25 is our own"),
        addresses(Reason.MX));
  }

  @Test
  void our_own_address_is_skipped_beside_another() {
    dns.address(MX, "198.51.100.25", "192.0.2.1");
    assertEquals(List.of("192.0.2.1"), usable(Reason.MX));
  }

  @Test
  void an_alias_of_our_own_name_leads_back_to_us() {
    dns.alias(MX, "us.example.org").address("us.example.org", "192.0.2.1");
    assertEquals(
        new HostAddresses.OurOwn("mx.example.net is our own us.example.org"), addresses(Reason.MX));
  }

  @Test
  void an_alias_of_another_name_is_followed() {
    dns.alias(MX, "other.example.org").address("other.example.org", "192.0.2.1");
    assertEquals(List.of("192.0.2.1"), usable(Reason.MX));
  }

  @Test
  void the_route_table_may_lead_to_our_own_names_and_addresses_and_to_networks_to_skip() {
    dns.alias(MX, "us.example.org").address("us.example.org", "198.51.100.25", "203.0.113.25");
    assertEquals(List.of("198.51.100.25", "203.0.113.25"), usable(Reason.ROUTE_TABLE));
  }

  @Test
  void an_ipv4_address_in_an_aaaa_record_is_skipped() {
    dns.mapped(MX, "192.0.2.9");
    var none = assertInstanceOf(HostAddresses.None.class, addresses(Reason.MX));
    assertEquals("mx.example.net has no usable address: 192.0.2.9 is IPv4-mapped", none.why());
  }

  @Test
  void an_unusable_address_of_one_family_says_nothing_about_the_other() {
    dns.address(MX, "::1").unanswered(MX, Family.IPV4);
    assertInstanceOf(HostAddresses.Unanswered.class, addresses(Reason.MX));
  }

  @Test
  void an_unusable_address_does_not_take_its_host_away() {
    dns.address(MX, "127.0.0.1", "fe80::1", "192.0.2.1");
    assertEquals(List.of("192.0.2.1"), usable(Reason.MX));
  }

  @Test
  void the_route_table_may_lead_to_loopback() {
    dns.address(MX, "127.0.0.1");
    assertEquals(List.of("127.0.0.1"), usable(Reason.ROUTE_TABLE));
  }

  @Test
  void a_host_without_addresses_is_told_from_one_nobody_could_tell_us_about() {
    assertEquals(
        new HostAddresses.None("mx.example.net has no address", List.of()), addresses(Reason.MX));
    dns.unanswered(MX);
    assertInstanceOf(HostAddresses.Unanswered.class, addresses(Reason.MX));
  }

  @ParameterizedTest
  @CsvSource({"IPV6, 192.0.2.1", "IPV4, 2001:db8:0:0:0:0:0:1"})
  void a_family_that_cannot_be_asked_for_does_not_hide_the_other(Family family, String rest) {
    dns.address(MX, "192.0.2.1", "2001:db8::1").unanswered(MX, family);
    assertEquals(List.of(rest), usable(Reason.MX));
  }

  @ParameterizedTest
  @CsvSource({"IPV6", "IPV4"})
  void a_family_that_cannot_be_asked_for_might_have_been_the_only_one(Family family) {
    dns.address(MX).unanswered(MX, family);
    assertInstanceOf(HostAddresses.Unanswered.class, addresses(Reason.MX));
  }

  @Test
  void both_families_are_asked_for_at_the_same_time() {
    dns.address(MX, "192.0.2.1", "2001:db8::1");
    var asked = new CountDownLatch(2);
    var answers =
        new AddressesOnly(family -> {
          asked.countDown();
          return met(asked)
              ? dns.addresses(new Domain(MX), family)
              : new Answer.Unanswered<>("nobody asked for the other family meanwhile");
        });
    assertEquals(
        List.of("2001:db8:0:0:0:0:0:1", "192.0.2.1"), usable(addresses(answers, Reason.MX)));
  }

  @ParameterizedTest
  @EnumSource
  void a_name_that_does_not_exist_in_one_family_has_no_address_of_the_other(Family family) {
    var answers =
        new AddressesOnly(asked ->
            asked == family
                ? new Answer.NoSuchName<>()
                : new Answer.Unanswered<>("mx.example.net: SERVFAIL"));
    assertEquals(
        new HostAddresses.None("mx.example.net has no address", List.of()),
        addresses(answers, Reason.MX));
  }

  @ParameterizedTest
  @EnumSource
  void a_bug_under_either_family_is_told_and_not_taken_for_an_answer(Family family) {
    var answers =
        new AddressesOnly(asked -> {
          if (asked == family) throw new IllegalStateException("a bug");
          return dns.addresses(new Domain(MX), asked);
        });
    assertThrows(RuntimeException.class, () -> addresses(answers, Reason.MX));
  }

  @Test
  void a_literal_needs_no_dns() {
    var host = new RouteHost(new Domain("[IPv6:2001:db8::7]"), 25, Reason.LITERAL);
    var usable = assertInstanceOf(HostAddresses.Usable.class, lookup(dns).addresses(host));
    assertEquals(
        List.of(new MxHost("[ipv6:2001:db8::7]", InetAddress.ofLiteral("2001:db8::7"), 25)),
        usable.inTurn());
  }

  private List<String> usable(Reason reason) {
    return usable(addresses(reason));
  }

  private static List<String> usable(HostAddresses addresses) {
    return assertInstanceOf(HostAddresses.Usable.class, addresses).inTurn().stream()
        .map(mx -> mx.address().getHostAddress())
        .toList();
  }

  private HostAddresses addresses(Reason reason) {
    return addresses(dns, reason);
  }

  private static HostAddresses addresses(Dns dns, Reason reason) {
    return lookup(dns).addresses(new RouteHost(new Domain(MX), 25, reason));
  }

  private static AddressLookup lookup(Dns dns) {
    var own = Set.of(InetAddress.ofLiteral("198.51.100.25"));
    var names = Set.of(new Domain("us.example.org"));
    var skipped = List.of(Network.parse("203.0.113.0/24"));
    return new AddressLookup(dns, new AddressSieve(new Ourselves(names, own), false, skipped));
  }

  private static boolean met(CountDownLatch all) {
    try {
      return all.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// A name server that is asked for addresses alone.
  private record AddressesOnly(Function<Family, Answer<InetAddress>> answers) implements Dns {
    @Override
    public Answer<InetAddress> addresses(Domain host, Family family) {
      return answers.apply(family);
    }

    @Override
    public Answer<Mx> mx(Domain domain) {
      throw new AssertionError("asked for MX");
    }

    @Override
    public Answer<Tlsa> tlsa(Domain host, int port) {
      throw new AssertionError("asked for TLSA");
    }

    @Override
    public Answer<String> txt(Domain name) {
      throw new AssertionError("asked for TXT");
    }
  }
}
