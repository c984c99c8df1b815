package io.posthouse.edge.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.posthouse.address.Domain;
import io.posthouse.address.ForwardPath;
import io.posthouse.address.MailAddress;
import io.posthouse.config.Network;
import io.posthouse.config.Secret;
import io.posthouse.directory.Account;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.InMemoryDirectory;
import io.posthouse.directory.UserId;
import io.posthouse.edge.policy.MailboxSettings.OverQuota;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.Origins;
import io.posthouse.edge.session.RecipientVerdict;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.srs.Srs;
import io.posthouse.telemetry.Checked;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecipientPolicyTest {
  private static final Visit FROM_OUTSIDE = visit("198.51.100.7");
  private static final Visit FROM_OUR_NETWORK = visit("192.0.2.200");
  private static final Link LOGGED_IN =
      new Link(
          Origins.LOOPBACK,
          Optional.of(Origins.TLS),
          Optional.of(new Account(new UserId("5".repeat(24)), "alice", 0)));

  static final ReturnedMail NOTHING_RETURNED =
      new ReturnedMail(Optional.empty(), InstantSource.system());
  private static final Srs SRS = new Srs(Secret.of("secret"), new Domain("srs.example.net"));

  private final InMemoryDirectory directory = new InMemoryDirectory();
  private MailboxLimits limits = MailboxLimitsTest.unlimited();
  private ReturnedMail returned = NOTHING_RETURNED;
  private final UserId bob = directory.addUser("bob@example.net");

  private static Visit visit(String client) {
    return new Visit(InetAddress.ofLiteral(client), InetAddress.ofLiteral("192.0.2.1"));
  }

  private RecipientVerdict resolve(String to, Link link, Visit visit, String... postmaster) {
    var names =
        new OurNames(
            List.of(new Domain("example.net")),
            List.of(postmaster).stream().map(MailAddress::of).findFirst());
    var relay = new RelayPolicy(List.of(Network.parse("192.0.2.0/24")));
    var path =
        to.isEmpty() ? new ForwardPath.Postmaster() : new ForwardPath.Mailbox(MailAddress.of(to));
    return policy(names, relay).resolve(path, link, visit);
  }

  private RecipientPolicy policy(OurNames names, RelayPolicy relay) {
    return new RecipientPolicy(
        directory, names, relay, SubmissionPolicyTest.unlimited(), limits, returned);
  }

  private RecipientVerdict fromOutside(String to) {
    return resolve(to, Origins.PLAIN, FROM_OUTSIDE);
  }

  private static RecipientVerdict local(String address, UserId user) {
    return new RecipientVerdict.Accepted(
        new Recipient(MailAddress.of(address), new Destination.Local(user)), RecipientPolicy.USER);
  }

  /// Where it is the address of somebody whose mail was forwarded.
  private static RecipientVerdict returned(String address) {
    return remote(address, RecipientPolicy.KNOWN);
  }

  private static RecipientVerdict relayed(String address) {
    return remote(address, RecipientPolicy.RELAYED);
  }

  private static RecipientVerdict remote(String address, List<Checked> passed) {
    var parsed = MailAddress.of(address);
    return new RecipientVerdict.Accepted(
        new Recipient(parsed, new Destination.Remote(parsed.domain())), passed);
  }

  private static void assertRefused(String reply, RecipientVerdict verdict) {
    var refused = assertInstanceOf(RecipientVerdict.Refused.class, verdict);
    assertEquals(reply, refused.refusal().reply().toString().substring(0, reply.length()));
  }

  @Test
  void a_user_of_ours_gets_mail_from_everybody() {
    assertEquals(local("bob@example.net", bob), fromOutside("bob@example.net"));
  }

  @Test
  void an_address_that_is_forwarded_gets_mail_from_everybody() {
    var us = new AddressId("f".repeat(24));
    directory.set("us@example.net", new Resolution.Forwarded(us, 2, 2000));
    assertEquals(
        new RecipientVerdict.Accepted(
                new Recipient(MailAddress.of("us@example.net"), new Destination.Forwarded(us)),
                RecipientPolicy.FORWARDED)
            .and(RecipientPolicy.MAILBOX_RATE),
        fromOutside("us@example.net"));
  }

  @Test
  void each_reason_has_its_reply() {
    directory.set("gone@example.net", new Resolution.Disabled(bob));
    directory.set("full@example.net", new Resolution.OverQuota(bob));
    directory.set("closed@example.net", new Resolution.Closed(new AddressId("f".repeat(24))));
    assertRefused("550 5.1.1", fromOutside("nobody@example.net"));
    assertRefused("550 5.2.1", fromOutside("closed@example.net"));
    assertRefused("550 5.2.1", fromOutside("gone@example.net"));
    assertRefused("452 4.2.2", fromOutside("full@example.net"));
    assertRefused("550 5.7.1", fromOutside("carol@example.org"));
  }

  @Test
  void a_full_mailbox_is_full_for_good_where_an_operator_wants_that() {
    directory.set("full@example.net", new Resolution.OverQuota(bob));
    limits = MailboxLimitsTest.limits(OverQuota.REFUSE, 0, 0);
    assertRefused("552 5.2.2", fromOutside("full@example.net"));
  }

  @Test
  void a_user_who_gets_too_much_gets_the_rest_later() {
    limits = MailboxLimitsTest.limits(OverQuota.DEFER, 1, 0);
    var within = assertInstanceOf(RecipientVerdict.Accepted.class, local("bob@example.net", bob));
    assertEquals(within.and(RecipientPolicy.MAILBOX_RATE), fromOutside("bob@example.net"));
    limits.accepted(List.of(new Destination.Local(bob)), Origins.PLAIN, FROM_OUTSIDE.client());
    assertRefused("450 4.2.1", fromOutside("bob@example.net"));
  }

  @Test
  void what_comes_back_goes_to_whose_mail_was_forwarded() {
    returned = new ReturnedMail(Optional.of(SRS), InstantSource.system());
    assertEquals(returned("carol@example.org"), fromOutside(rewritten("carol@example.org")));
    assertEquals(local("bob@example.net", bob), fromOutside(rewritten("bob@example.net")));
    assertRefused("550 5.1.1", fromOutside(rewritten("nobody@example.net")));
    var second = rewritten("SRS0=1a2b=KN=example.org=carol@example.com");
    assertEquals(returned("SRS0=1a2b=KN=example.org=carol@example.com"), fromOutside(second));
  }

  @Test
  void what_comes_back_to_another_domain_of_ours_goes_there_too() {
    returned = new ReturnedMail(Optional.of(SRS), InstantSource.system());
    var local = MailAddress.of(rewritten("carol@example.org")).localPart();
    assertEquals(returned("carol@example.org"), fromOutside(local + "@example.net"));
    // At others it is an address like any.
    assertRefused("550 5.7.1", fromOutside(local + "@example.com"));
    assertEquals(
        relayed(local + "@example.com"), resolve(local + "@example.com", LOGGED_IN, FROM_OUTSIDE));
  }

  @Test
  void a_forged_sender_is_nobody() {
    returned = new ReturnedMail(Optional.of(SRS), InstantSource.system());
    directory.addUser("srs0=0000=aa=example.org=carol@example.net");
    assertRefused("550 5.1.1", fromOutside("SRS0=0000=AA=example.org=carol@srs.example.net"));
    assertRefused("550 5.1.1", fromOutside("SRS0=0000=AA=example.org=carol@example.net"));
    var longAgo = Instant.now().minus(Duration.ofDays(30));
    var old = SRS.forward(MailAddress.of("carol@example.org"), longAgo).orElseThrow();
    assertRefused("550 5.1.1", fromOutside(old.toString()));
  }

  private static String rewritten(String sender) {
    return SRS.forward(MailAddress.of(sender), Instant.now()).orElseThrow().toString();
  }

  @Test
  void a_directory_that_cannot_be_asked_is_never_their_error() {
    directory.breakDown("test");
    assertRefused("451 4.3.0", fromOutside("bob@example.net"));
    assertRefused("451 4.3.0", fromOutside("carol@example.org"));
    assertRefused("451 4.3.0", fromOutside(""));
  }

  @Test
  void those_who_logged_in_and_our_networks_may_send_to_anybody() {
    assertEquals(
        relayed("carol@example.org"), resolve("carol@example.org", LOGGED_IN, FROM_OUTSIDE));
    assertEquals(
        relayed("carol@example.org"),
        resolve("carol@example.org", Origins.PLAIN, FROM_OUR_NETWORK));
  }

  @Test
  void a_domain_that_is_only_configured_is_no_domain_to_relay_to() {
    var empty = new InMemoryDirectory();
    var names = new OurNames(List.of(new Domain("example.net")), Optional.empty());
    var policy =
        new RecipientPolicy(
            empty,
            names,
            new RelayPolicy(List.of()),
            SubmissionPolicyTest.unlimited(),
            limits,
            NOTHING_RETURNED);
    var path = new ForwardPath.Mailbox(MailAddress.of("bob@example.net"));
    assertRefused("550 5.1.1", policy.resolve(path, LOGGED_IN, FROM_OUTSIDE));
  }

  @Test
  void our_own_address_in_brackets_is_our_first_domain() {
    assertEquals(local("bob@example.net", bob), fromOutside("bob@[192.0.2.1]"));
    assertRefused("550 5.7.1", fromOutside("bob@[192.0.2.2]"));
  }

  @Test
  void the_postmaster_is_a_user_or_whoever_is_named() {
    assertRefused("550 5.1.1", fromOutside(""));
    assertRefused("550 5.1.1", fromOutside("postmaster@example.net"));
    assertEquals(
        local("bob@example.net", bob), resolve("", Origins.PLAIN, FROM_OUTSIDE, "bob@example.net"));
    assertEquals(
        local("Postmaster@example.net", bob),
        resolve("Postmaster@example.net", Origins.PLAIN, FROM_OUTSIDE, "bob@example.net"));
    var postmaster = directory.addUser("postmaster@example.net");
    assertEquals(local("postmaster@example.net", postmaster), fromOutside(""));
  }

  @Test
  void the_postmaster_s_full_mailbox_is_our_own_trouble() {
    directory.set("full@example.net", new Resolution.OverQuota(bob));
    assertRefused(
        "451 4.3.0",
        resolve("postmaster@example.net", Origins.PLAIN, FROM_OUTSIDE, "full@example.net"));
  }
}
