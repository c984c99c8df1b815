package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.delivery.egress.EgressAddress;
import io.posthouse.delivery.egress.EgressPool;
import io.posthouse.delivery.routing.Directions;
import io.posthouse.delivery.routing.Manner;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.routing.RouteHost;
import io.posthouse.delivery.routing.TlsLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingSettingsTest {
  private static final String ALL = "delivery.routes.\"*\".";

  @Test
  void by_default_mail_goes_by_mx_from_wherever_the_system_chooses() throws ConfigException {
    var settings = read();
    assertEquals(25, settings.port());
    assertEquals(List.of(), settings.pools());
    assertEquals(
        Optional.empty(),
        settings.table().entry(new Domain("example.net"), new ReversePath.Null()));
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
    assertEquals(List.of(host), hosts(read(ALL + "hosts=\"" + written + "\""), "example.net"));
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
  @CsvSource({"smtp, 25", "smtps, 465", "lmtp, 24"})
  void a_host_without_a_port_has_that_of_the_protocol(String protocol, int port)
      throws ConfigException {
    var settings = read(ALL + "hosts=relay.example.org", ALL + "protocol=" + protocol);
    assertEquals(List.of("relay.example.org:" + port), hosts(settings, "example.net"));
    var other =
        read(ALL + "hosts=relay.example.org", ALL + "protocol=" + protocol, ALL + "port=26");
    assertEquals(List.of("relay.example.org:26"), hosts(other, "example.net"));
  }

  @Test
  void a_route_may_lead_to_the_mx_of_a_name_or_of_the_domain_itself() throws ConfigException {
    assertEquals(
        new Directions.ByMx(
            Optional.of(new Domain("provider.example")), OptionalInt.of(587), Manner.USUAL),
        directions(read(ALL + "mx=provider.example", ALL + "port=587"), "example.net"));
    assertEquals(Directions.USUAL, directions(read(ALL + "mx=\"*\""), "example.net"));
  }

  @Test
  void a_smarthost_with_a_login_must_prove_who_it_is() throws ConfigException {
    var manner =
        manner(
            read(
                ALL + "hosts=relay.example.org:587",
                ALL + "auth.user=us",
                ALL + "auth.password=secret"));
    assertEquals(TlsLevel.VERIFIED, manner.tls());
    var login = manner.login().orElseThrow();
    assertEquals("us", login.user());
    assertEquals("secret", login.password().text());
    assertFalse(login.toString().contains("secret"), login.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "protocol=smtps,            VERIFIED",
    "protocol=smtp,             POLICY",
    "protocol=lmtp,             POLICY",
    "tls=encrypted,             ENCRYPTED",
    "auth.in_the_clear=true,    POLICY",
  })
  void how_much_tls_a_host_must_give_depends(String setting, TlsLevel tls) throws ConfigException {
    assertEquals(tls, manner(read(ALL + "hosts=relay.example.org", ALL + setting)).tls());
  }

  @Test
  void a_sender_may_have_a_route_of_its_own() throws ConfigException {
    var settings =
        read(
            "delivery.sender_routes.\"example.org\".hosts=relay.example.org",
            "delivery.sender_routes.\"example.org\".protocol=lmtp");
    var bob = new ReversePath.Sender(MailAddress.of("bob@example.org"));
    var entry = settings.table().entry(new Domain("example.net"), bob).orElseThrow();
    assertEquals("sender_routes.example.org", entry.key());
    var hosts = assertInstanceOf(Directions.Hosts.class, entry.directions()).inOrder();
    assertEquals(Protocol.LMTP, hosts.getFirst().manner().protocol());
  }

  @Test
  void a_route_and_a_sender_leave_from_their_pools() throws ConfigException {
    var settings =
        read(
            "delivery.egress.\"news\".ipv4=[192.0.2.1, 192.0.2.2 out2.example.org]",
            "delivery.egress.\"news\".ipv6=2001:db8::1",
            "delivery.egress.\"news\".helo=out.example.org",
            "delivery.egress.\"news\".senders=[example.org]",
            ALL + "hosts=relay.example.org",
            ALL + "from=news");
    var news =
        new EgressPool(
            "news",
            List.of(
                EgressAddress.parse("192.0.2.1"),
                EgressAddress.parse("192.0.2.2 out2.example.org"),
                EgressAddress.parse("2001:db8::1")),
            Optional.of(new Domain("out.example.org")));
    assertEquals(List.of(news), settings.pools());
    assertEquals(news, manner(settings).egress());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delivery.routes.\"*\".hosts=[]                | delivery.routes",
        "delivery.routes.\"*\".hosts=no host           | delivery.routes.*.hosts",
        "delivery.routes.\"*\".mx=no host              | delivery.routes.*.mx",
        "delivery.routes.\"*\".protocol=uucp           | delivery.routes.*.protocol",
        "delivery.routes.\"*\".auth.user=bob           | delivery.routes.*.auth.user",
        "delivery.routes.\"*\".auth.password=secret    | delivery.routes.*.auth.user",
        "delivery.routes.\"*\".from=nowhere            | delivery.routes.*.from",
        "delivery.sender_routes.\"bob@\".mx=\"*\"      | delivery.sender_routes",
        "delivery.routes.\"*a.b\".mx=\"*\"             | delivery.routes",
        "delivery.egress.\"a\".ipv4=2001:db8::1        | delivery.egress.a.ipv4",
        "delivery.egress.\"a\".ipv6=[192.0.2.1]        | delivery.egress.a.ipv6",
        "delivery.egress.\"a\".senders=[bob@]          | delivery.egress.a",
        "delivery.own_addresses=[mx.example.net]       | delivery.own_addresses",
        "delivery.skip_networks=[10.0.0.1/8]           | delivery.skip_networks",
      })
  void what_cannot_be_meant_is_a_problem(String setting, String key) {
    var problems = assertThrows(ConfigException.class, () -> read(setting));
    assertTrue(String.valueOf(problems.getMessage()).contains(key), () -> problems.getMessage());
    assertFalse(String.valueOf(problems.getMessage()).contains("secret"), problems.getMessage());
  }

  @Test
  void smtps_without_tls_cannot_be_meant() {
    assertThrows(
        ConfigException.class,
        () -> read(ALL + "hosts=a.example", ALL + "protocol=smtps", ALL + "tls=opportunistic"));
  }

  private static Manner manner(RoutingSettings settings) {
    return assertInstanceOf(Directions.Hosts.class, directions(settings, "example.net"))
        .inOrder()
        .getFirst()
        .manner();
  }

  private static List<String> hosts(RoutingSettings settings, String domain) {
    return assertInstanceOf(Directions.Hosts.class, directions(settings, domain)).inOrder().stream()
        .map(RouteHost::toString)
        .toList();
  }

  private static Directions directions(RoutingSettings settings, String domain) {
    return settings
        .table()
        .entry(new Domain(domain), new ReversePath.Null())
        .orElseThrow()
        .directions();
  }

  private static RoutingSettings read(String... settings) throws ConfigException {
    return SettingsFile.defaults()
        .with(Arrays.asList(settings))
        .read(in -> DeliverySettings.read(in.section("delivery")))
        .settings()
        .routing();
  }
}
