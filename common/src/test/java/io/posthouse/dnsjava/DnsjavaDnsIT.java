package io.posthouse.dnsjava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.dns.Answer;
import io.posthouse.dns.Mx;
import io.posthouse.dns.Proofs;
import io.posthouse.dns.TestDns;
import io.posthouse.dns.TestDns.Fault;
import io.posthouse.dns.Tlsa;
import io.posthouse.message.Octets;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsjavaDnsIT {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final Domain MX1 = new Domain("mx1.example.net");

  private final TestDns server = TestDns.start();
  private final DnsjavaDns dns =
      new DnsjavaDns(List.of(server.address()), Duration.ofMillis(1_500));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void mx_records_are_found() {
    server.mx("example.net", 10, "mx1.example.net").mx("example.net", 20, "MX2.example.net.");

    var found = (Answer.Found<Mx>) dns.mx(EXAMPLE);

    assertEquals(
        Set.of(
            new Mx(10, new Mx.Exchange.Host(MX1)),
            new Mx(20, new Mx.Exchange.Host(new Domain("mx2.example.net")))),
        Set.copyOf(found.records()));
  }

  @Test
  void those_who_ask_the_same_at_the_same_time_share_the_answer() throws Exception {
    server.fault("example.net", Fault.DROP);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = threads.invokeAll(Collections.nCopies(100, () -> dns.mx(EXAMPLE)));
      for (var answer : answers) assertInstanceOf(Answer.Unanswered.class, answer.get());
    }
    // Each by itself would ask twice.
    assertTrue(server.udpQuestions() < 100, () -> server.udpQuestions() + " questions");
  }

  @Test
  void a_null_mx_is_told_from_a_host() {
    server.nullMx("example.net");
    assertEquals(found(new Mx(0, new Mx.Exchange.None())), dns.mx(EXAMPLE));
  }

  @Test
  void an_exchange_that_no_host_can_have_is_told_from_a_host() {
    server.mx("example.net", 10, "mx one.example.net");
    assertEquals(
        found(new Mx(10, new Mx.Exchange.Malformed("mx\\032one.example.net"))), dns.mx(EXAMPLE));
  }

  @Test
  void addresses_of_both_families_are_found() {
    server.a("mx1.example.net", "192.0.2.1").aaaa("mx1.example.net", "2001:db8::1");
    assertEquals(found(InetAddress.ofLiteral("192.0.2.1")), dns.addresses(MX1, Family.IPV4));
    assertEquals(found(InetAddress.ofLiteral("2001:db8::1")), dns.addresses(MX1, Family.IPV6));
  }

  @Test
  void an_alias_is_followed() {
    server.cname("mx1.example.net", "host.example.org").a("host.example.org", "192.0.2.7");
    var canonical = Optional.of(new Domain("host.example.org"));
    assertEquals(
        new Answer.Found<>(List.of(InetAddress.ofLiteral("192.0.2.7")), false, canonical),
        dns.addresses(MX1, Family.IPV4));
  }

  @Test
  void an_alias_that_leads_round_says_nothing_about_the_name() {
    server.cname("mx1.example.net", "mx2.example.net").cname("mx2.example.net", "mx1.example.net");
    assertEquals(
        new Answer.Unanswered<>("A of mx1.example.net: a loop of aliases"),
        dns.addresses(MX1, Family.IPV4));
  }

  @Test
  void the_end_of_an_alias_may_have_nothing_or_not_exist() {
    server.cname("mx1.example.net", "host.example.org").empty("host.example.org");
    server.cname("mx2.example.net", "nobody.example.org");
    assertEquals(new Answer.NoData<>(), dns.addresses(MX1, Family.IPV4));
    var mx2 = new Domain("mx2.example.net");
    assertEquals(new Answer.NoSuchName<>(), dns.addresses(mx2, Family.IPV4));
  }

  @Test
  void the_word_of_a_trusted_resolver_proves_an_answer_as_often_as_it_is_asked_for() {
    var believing =
        new DnsjavaDns(
            List.of(server.address()), Duration.ofSeconds(5), new Proofs.TrustedResolvers());
    server.mx("example.net", 10, "mx1.example.net").authentic("example.net");
    server.mx("example.org", 10, "mx1.example.net");
    for (int i = 0; i < 2; i++) {
      assertTrue(((Answer.Found<Mx>) believing.mx(EXAMPLE)).authentic());
      assertFalse(((Answer.Found<Mx>) believing.mx(new Domain("example.org"))).authentic());
      assertFalse(((Answer.Found<Mx>) dns.mx(EXAMPLE)).authentic());
    }
  }

  @Test
  void an_answer_without_signatures_is_none_where_we_check_them_ourselves() {
    var own = "example.net. IN DS 20326 8 2 " + "AB".repeat(32);
    var validating =
        new DnsjavaDns(
            List.of(server.address()), Duration.ofSeconds(5), new Proofs.Validation(List.of(own)));
    server.mx("example.net", 10, "mx1.example.net").authentic("example.net");
    var answer = assertInstanceOf(Answer.Unanswered.class, validating.mx(EXAMPLE));
    assertTrue(answer.why().startsWith("MX of example.net: SERVFAIL: bogus: "), answer.why());
  }

  @Test
  void certificates_of_a_service_are_found() {
    var tlsa = new Tlsa(3, 1, 1, Octets.of(new byte[] {1, 2, (byte) 0xFF}));
    server.tlsa("mx1.example.net", 25, tlsa);
    assertEquals(found(tlsa), dns.tlsa(MX1, 25));
    assertInstanceOf(Answer.NoSuchName.class, dns.tlsa(MX1, 2525));
  }

  @Test
  void the_strings_of_a_text_are_joined_without_a_blank() {
    server.txt("_mta-sts.example.net", "v=STSv1; ", "id=1;");
    assertEquals(found("v=STSv1; id=1;"), dns.txt(new Domain("_mta-sts.example.net")));
  }

  @Test
  void a_name_without_such_records_is_not_a_name_that_does_not_exist() {
    server.empty("example.net");
    assertEquals(new Answer.NoData<>(), dns.mx(EXAMPLE));
    assertEquals(new Answer.NoSuchName<>(), dns.mx(new Domain("example.com")));
  }

  @Test
  void a_server_failure_says_nothing_about_the_name() {
    server.fault("example.net", Fault.SERVFAIL);
    assertEquals(new Answer.Unanswered<>("MX of example.net: SERVFAIL"), dns.mx(EXAMPLE));
  }

  @Test
  void a_refusal_says_nothing_about_the_name() {
    server.fault("example.net", Fault.REFUSED);
    assertInstanceOf(Answer.Unanswered.class, dns.mx(EXAMPLE));
  }

  @Test
  void silence_says_nothing_about_the_name() {
    server.fault("example.net", Fault.DROP);
    var answer = assertInstanceOf(Answer.Unanswered.class, dns.mx(EXAMPLE));
    assertTrue(answer.why().startsWith("MX of example.net: "), answer.why());
  }

  @Test
  void a_truncated_answer_is_asked_for_over_tcp() {
    server.mx("example.net", 10, "mx1.example.net").fault("example.net", Fault.TRUNCATE);
    assertEquals(found(new Mx(10, new Mx.Exchange.Host(MX1))), dns.mx(EXAMPLE));
    assertEquals(1, server.tcpQuestions());
  }

  @Test
  void an_answer_is_kept() {
    server.a("mx1.example.net", "192.0.2.1");
    dns.addresses(MX1, Family.IPV4);
    dns.addresses(MX1, Family.IPV4);
    assertEquals(1, server.udpQuestions());
  }

  @Test
  void an_absence_is_kept() {
    dns.mx(EXAMPLE);
    dns.mx(EXAMPLE);
    assertEquals(1, server.udpQuestions());
  }

  @Test
  void a_failure_is_not_kept() {
    server.mx("example.net", 10, "mx1.example.net").fault("example.net", Fault.SERVFAIL);
    dns.mx(EXAMPLE);
    server.mend("example.net");
    assertInstanceOf(Answer.Found.class, dns.mx(EXAMPLE));
  }

  @Test
  void a_dead_server_is_passed_over() {
    server.a("mx1.example.net", "192.0.2.1");
    // Port 9 of loopback: nobody answers, and the system says so at once.
    var dead = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);
    var both = new DnsjavaDns(List.of(dead, server.address()), Duration.ofSeconds(5));
    assertEquals(found(InetAddress.ofLiteral("192.0.2.1")), both.addresses(MX1, Family.IPV4));
  }

  @Test
  void localhost_is_loopback_without_asking() {
    var localhost = new Domain("localhost");
    assertEquals(found(InetAddress.ofLiteral("127.0.0.1")), dns.addresses(localhost, Family.IPV4));
    assertEquals(found(InetAddress.ofLiteral("::1")), dns.addresses(localhost, Family.IPV6));
    assertEquals(0, server.udpQuestions());
  }

  private static <T> Answer<T> found(T record) {
    return new Answer.Found<>(List.of(record));
  }
}
