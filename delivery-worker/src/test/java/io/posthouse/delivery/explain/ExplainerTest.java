package io.posthouse.delivery.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.config.ConfigException;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.SettingsFile;
import io.posthouse.delivery.DeliverySettings;
import io.posthouse.delivery.RoadMaps;
import io.posthouse.delivery.breaker.BreakerSettings;
import io.posthouse.delivery.breaker.Breakers;
import io.posthouse.delivery.breaker.Health;
import io.posthouse.delivery.explain.ExplainedAddress.Skipped;
import io.posthouse.delivery.shaping.Limits;
import io.posthouse.delivery.shaping.Share;
import io.posthouse.delivery.shaping.SiteStanding;
import io.posthouse.delivery.sts.CachedPolicies;
import io.posthouse.dns.InMemoryDns;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.EnhancedStatus;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:14:10Z");

  private final InMemoryDns dns = new InMemoryDns();
  private final Breakers breakers = new Breakers(BreakerSettings.DEFAULT, () -> NOW);
  private Optional<LiveWorker> live = Optional.empty();

  @Test
  void an_operator_reads_where_mail_goes_and_why() {
    dns.mx("example.net", 10, "mx1.example.net")
        .mx("example.net", 20, "mx2.example.net")
        .mx("example.net", 30, "mx3.example.net")
        .address("mx1.example.net", "2001:db8::1", "192.0.2.1", "fe80::1")
        .address("mx2.example.net", "127.0.0.1")
        .unanswered("mx3.example.net");
    var text =
        explained(
                "bob@example.net",
                "delivery.tls.policies={example.net: {level: encrypted}}",
                "delivery.per_destination=7",
                "delivery.shaping={message_rate: 100/1m, rules: [{mx: '*.example.net', messages: 20}]}")
            .text();
    assertEquals(
        """
          to                    bob@example.net
          sender                <>
          route                 by MX records
          outcome               tried: goes to the first host that takes it

        host mx1.example.net:25
          on the route as       MX of preference 10
          speaks                smtp, from egress pool any
          must give us          TLS with any certificate (settings)
          2001:db8:0:0:0:0:0:1  from any address of ours as us.example.org
          192.0.2.1             from any address of ours as us.example.org
          fe80:0:0:0:0:0:0:1    skipped: link-local

        host mx2.example.net:25
          on the route as       MX of preference 20
          speaks                smtp, from egress pool any
          not now               mx2.example.net has no usable address: 127.0.0.1 is loopback
          127.0.0.1             skipped: loopback

        host mx3.example.net:25
          on the route as       MX of preference 30
          speaks                smtp, from egress pool any
          not now               mx3.example.net: SERVFAIL

        limits of mx1.example.net:25,mx2.example.net:25,mx3.example.net:25
          concurrency.least     1           default
          concurrency.start     5           default
          concurrency.most      7           per_destination, --set
          concurrency.cluster   any number  default
          connection_rate       unlimited   default
          message_rate          100/1m      shaping, --set
          recipients            100         default
          messages              20          rule mx *.example.net, --set
          idle                  2s          default
          reuse.per_host        20          default
        """,
        text);
  }

  @Test
  void a_program_reads_the_same() {
    dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "192.0.2.1", "::1");
    assertStartsWith(
        """
        {"to":"bob@example.net","sender":"<>","rule":"mx","outcome":"tried","hosts":[{"host":"mx.example.net",\
        "port":25,"reason":"mx","preference":10,"protocol":"smtp","login":false,"egress":"any",\
        "tls":"TLS where it is offered (default)","tls_source":"default","addresses":[\
        {"address":"192.0.2.1","family":"ipv4","helo":"us.example.org"},\
        {"address":"0:0:0:0:0:0:0:1","family":"ipv6","skipped":"loopback"}]}],\
        "site":"mx.example.net:25","limits":[{"limit":"concurrency.least","value":"1","origin":"default"},\
        """,
        explained("bob@example.net").json());
  }

  @Test
  void the_rule_of_the_operator_that_counts_is_named_and_its_password_is_not() {
    var routes =
        "delivery.routes={'*.example.net': {hosts: [192.0.2.9:2525],"
            + " auth: {user: us, password: open sesame}}, '*': {mx: relay.example.org}}";
    var bySender = "delivery.sender_routes={sales.example.org: {mx: example.com}}";
    var explained = explained("bob@lists.example.net", routes, bySender);
    assertEquals(Optional.of("routes.*.example.net"), explained.rule());
    assertTrue(explained.text().contains("smtp, with a login"), explained.text());
    assertTrue(explained.json().contains("\"login\":true"), explained.json());
    assertFalse((explained.text() + explained.json()).contains("sesame"));
    var sender = new ReversePath.Sender(MailAddress.of("ann@sales.example.org"));
    assertEquals(
        Optional.of("sender_routes.sales.example.org"),
        explained("bob@example.com", sender, routes, bySender).rule());
    assertEquals(Optional.of("routes.*"), explained("bob@example.com", routes, bySender).rule());
  }

  @ParameterizedTest
  @CsvSource({
    "null.example, returned: 5.1.10 null.example takes no mail (null MX)",
    "missing.example, returned: 5.1.2 missing.example does not exist",
    "silent.example, deferred: 4.4.3 silent.example: SERVFAIL",
    "bare.example, returned: 5.4.4 no way to bare.example: mx.bare.example has no address",
    "loop.example, deferred: 4.4.6 the best host for loop.example is ourselves: us.example.org:25",
    "six.example, 'deferred: 4.4.4 mx.six.example:25: no address is tried'"
  })
  void mail_that_goes_nowhere_has_the_outcome_that_a_worker_gives_it(String to, String outcome) {
    dns.mx("null.example", 0, ".")
        .unanswered("silent.example")
        .mx("bare.example", 10, "mx.bare.example")
        .mx("loop.example", 10, "us.example.org")
        .mx("six.example", 10, "mx.six.example")
        .address("mx.six.example", "2001:db8::6");
    var explained = explained("bob@" + to, "delivery.families.use=ipv4");
    assertTrue(explained.text().contains("outcome               " + outcome), explained.text());
    assertFalse(explained.json().contains("\"outcome\":\"tried\""), explained.json());
  }

  @Test
  void hosts_behind_ourselves_are_not_told_of_as_they_are_not_tried() {
    dns.mx("example.net", 10, "alias.example.net")
        .mx("example.net", 20, "backup.example.net")
        .alias("alias.example.net", "us.example.org")
        .address("us.example.org", "192.0.2.1")
        .address("backup.example.net", "192.0.2.2");
    var explained = explained("bob@example.net");
    assertEquals(1, explained.hosts().size());
    assertInstanceOf(Prospect.Deferred.class, explained.prospect());
  }

  @Test
  void an_address_that_mail_would_not_leave_for_says_so() {
    dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "192.0.2.1");
    var explained =
        explained(
            "bob@example.net", "delivery.egress={default: {ipv4: [192.0.2.77 out.example.org]}}");
    var why = "this node has no ipv4 address of the egress pool default";
    assertEquals(
        List.of(new Skipped(InetAddress.ofLiteral("192.0.2.1"), why)),
        explained.hosts().getFirst().addresses());
  }

  @Test
  void a_host_that_a_policy_keeps_out_gets_nothing() {
    dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "192.0.2.1");
    var explained = explained("bob@example.net", "delivery.tls.default=dane_only");
    assertEquals(
        new Prospect.Deferred(
            EnhancedStatus.of("4.7.5"), "it has no TLSA records that can be used"),
        explained.prospect());
  }

  @Test
  void a_worker_tells_what_it_leaves_alone() {
    dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "192.0.2.1");
    var mx = new MxHost("mx.example.net", InetAddress.ofLiteral("192.0.2.1"), 25);
    breakers.of(mx).ask().orElseThrow().report(new Health.Silent("no sign for 30 s"));
    live = Optional.of(new LiveWorker(breakers, _ -> Optional.empty()));
    var explained = explained("bob@example.net");
    var why = "mx.example.net[192.0.2.1]:25 is left alone: no sign for 30 s";
    assertEquals(new Prospect.Deferred(EnhancedStatus.of("4.4.1"), why), explained.prospect());
    assertTrue(explained.text().contains("192.0.2.1             left alone until 2026-"));
    assertTrue(explained.json().contains("\"left_alone\":\"no sign for 30 s\",\"until\":\"2026-"));
    assertTrue(explained.text().contains("deliveries            none in the last hours"));
  }

  @Test
  void one_good_address_is_way_enough() {
    dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "192.0.2.1", "192.0.2.2");
    var mx = new MxHost("mx.example.net", InetAddress.ofLiteral("192.0.2.1"), 25);
    breakers.of(mx).ask().orElseThrow().report(new Health.Silent("no sign for 30 s"));
    live = Optional.of(new LiveWorker(breakers, _ -> Optional.empty()));
    assertEquals(new Prospect.Tried(), explained("bob@example.net").prospect());
  }

  @Test
  void a_worker_tells_how_the_site_stands() {
    dns.mx("example.net", 10, "mx.example.net").address("mx.example.net", "192.0.2.1");
    live = Optional.of(new LiveWorker(breakers, name -> Optional.of(suspended(name))));
    var explained = explained("bob@example.net");
    assertEquals(
        new Prospect.Deferred(EnhancedStatus.of("4.4.5"), "the site is suspended by listed"),
        explained.prospect());
    assertEndsWith(
        """
        now, at this worker
          deliveries            3 under way, 1 waiting, at most 5 at a time
          message rate          one in 600ms
          suspended             by listed, for another 1m2s
        """,
        explained.text());
    assertEndsWith(
        ",\"live\":{\"active\":3,\"waiting\":1,\"window\":5,\"interval_ms\":600,"
            + "\"suspended_by\":\"listed\",\"suspended_ms\":61500,\"families\":[]}}",
        explained.json());
  }

  private static SiteStanding suspended(String name) {
    return new SiteStanding(
        new Share(name, Limits.DEFAULT),
        3,
        1,
        5,
        Duration.ofMillis(600),
        Optional.of("listed"),
        Optional.of(Duration.ofMillis(61_500)),
        Optional.empty(),
        Optional.empty());
  }

  private static void assertStartsWith(String expected, String text) {
    assertTrue(text.startsWith(expected), text);
  }

  private static void assertEndsWith(String expected, String text) {
    assertTrue(text.endsWith(expected), text);
  }

  private Explanation explained(String to, String... settings) {
    return explained(to, new ReversePath.Null(), settings);
  }

  private Explanation explained(String to, ReversePath sender, String... settings) {
    var around =
        new RoadMaps.Surroundings(
            dns, new CachedPolicies(), (_, _) -> {}, (_, _, _) -> {}, () -> NOW);
    var node = new NodeSettings("worker-1", "us.example.org");
    return new Explainer(RoadMaps.of(node, settings(settings), around), live)
        .explain(MailAddress.of(to), sender);
  }

  private static DeliverySettings settings(String... settings) {
    try {
      return SettingsFile.defaults()
          .with(Arrays.asList(settings))
          .read(in -> DeliverySettings.read(in.section("delivery")))
          .settings();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
