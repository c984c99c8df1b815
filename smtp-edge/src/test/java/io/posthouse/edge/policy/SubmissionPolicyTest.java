package io.posthouse.edge.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.Account;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.InMemoryDirectory;
import io.posthouse.directory.UserId;
import io.posthouse.edge.policy.SubmissionSettings.Ownership;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.Origins;
import io.posthouse.edge.session.RecipientVerdict;
import io.posthouse.edge.session.SenderVerdict;
import io.posthouse.message.QueueId;
import io.posthouse.tally.LocalTallies;
import io.posthouse.telemetry.MailEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubmissionPolicyTest {
  private final InMemoryDirectory directory = new InMemoryDirectory();
  private final UserId bob = directory.addUser("bob@example.net");
  private final UserId carol = directory.addUser("carol@example.net");
  private final List<MailEvent> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");

  /// For tests of other things.
  static SubmissionPolicy unlimited() {
    return new SubmissionPolicy(
        new SubmissionSettings(Ownership.ENFORCE, true, 0, 0),
        new LocalTallies(InstantSource.system()),
        _ -> {});
  }

  @Test
  void a_user_sends_as_itself_or_as_nobody() {
    var policy = senders(new SubmissionSettings(Ownership.ENFORCE, true, 0, 0));
    welcome(policy.vet(from("bob@example.net"), loggedIn(bob, 0)));
    welcome(policy.vet(new ReversePath.Null(), loggedIn(bob, 0)));
    assertEquals(
        "553 5.7.1 <carol@example.net> is no address of yours",
        refusal(policy.vet(from("carol@example.net"), loggedIn(bob, 0))));
    refusal(policy.vet(from("alice@example.org"), loggedIn(bob, 0)));
    refusal(policy.vet(from("nobody@example.net"), loggedIn(bob, 0)));
    assertEquals(List.of(), events);
  }

  @Test
  void a_user_whose_mailbox_is_full_still_owns_its_address() {
    directory.set("bob@example.net", new Resolution.OverQuota(bob));
    var policy = senders(new SubmissionSettings(Ownership.ENFORCE, true, 0, 0));
    welcome(policy.vet(from("bob@example.net"), loggedIn(bob, 0)));
  }

  @Test
  void other_hosts_own_nothing_and_need_not() {
    var policy = senders(new SubmissionSettings(Ownership.ENFORCE, true, 1, 1));
    for (int i = 0; i < 3; i++) welcome(policy.vet(from("carol@example.net"), Origins.PLAIN));
  }

  @Test
  void a_foreign_sender_that_is_observed_is_an_event_and_no_more() {
    var policy = senders(new SubmissionSettings(Ownership.OBSERVE, true, 0, 0));
    assertEquals(
        List.of("ownership=observe:553 5.7.1"),
        checks(policy.vet(from("carol@example.net"), loggedIn(bob, 0))));
    assertEquals(
        List.of(
            new MailEvent.ForeignSender(
                Optional.empty(),
                "bob",
                MailAddress.of("carol@example.net"),
                InetAddress.getLoopbackAddress())),
        events);
    welcome(
        senders(new SubmissionSettings(Ownership.OFF, true, 0, 0))
            .vet(from("carol@example.net"), loggedIn(bob, 0)));
    assertEquals(1, events.size());
  }

  @Test
  void only_checks_that_were_made_are_told_of() {
    var strict = senders(new SubmissionSettings(Ownership.ENFORCE, true, 9, 0));
    assertEquals(
        List.of("ownership=pass", "user_rate=pass"),
        checks(strict.vet(from("bob@example.net"), loggedIn(bob, 0))));
    assertEquals(
        List.of("user_rate=pass"), checks(strict.vet(new ReversePath.Null(), loggedIn(bob, 0))));
    assertEquals(List.of(), checks(strict.vet(from("bob@example.net"), Origins.PLAIN)));
    var lax = senders(new SubmissionSettings(Ownership.OFF, true, 0, 0));
    assertEquals(List.of(), checks(lax.vet(from("carol@example.net"), loggedIn(bob, 0))));
    var counted = recipients(new SubmissionSettings(Ownership.ENFORCE, true, 0, 9));
    var to = assertInstanceOf(RecipientVerdict.Accepted.class, to(counted, loggedIn(bob, 0)));
    assertEquals("user_quota=pass", to.checks().getLast().toString());
  }

  private static List<String> checks(SenderVerdict verdict) {
    var welcome = assertInstanceOf(SenderVerdict.Welcome.class, verdict);
    return welcome.checks().stream().map(Object::toString).toList();
  }

  @Test
  void an_author_who_is_somebody_else_is_an_event_of_the_message() {
    var policy = senders(new SubmissionSettings(Ownership.ENFORCE, true, 0, 0));
    var id = new QueueId("0123456789abcde");
    policy.observe("Bob <bob@example.net>", id, loggedIn(bob, 0));
    assertEquals(List.of(), events);
    policy.observe("bob@example.net, Carol <carol@example.net>", id, loggedIn(bob, 0));
    assertEquals(List.of(Optional.of(id)), events.stream().map(MailEvent::about).toList());
    assertTrue(policy.observes(loggedIn(bob, 0)));
    assertFalse(policy.observes(Origins.PLAIN));
  }

  @Test
  void a_user_sends_so_many_messages_in_an_hour_and_then_again() {
    var policy = senders(new SubmissionSettings(Ownership.ENFORCE, true, 2, 0));
    welcome(policy.vet(from("bob@example.net"), loggedIn(bob, 0)));
    welcome(policy.vet(from("bob@example.net"), loggedIn(bob, 0)));
    refusal(policy.vet(from("carol@example.net"), loggedIn(bob, 0)));
    var refused = refusal(policy.vet(from("bob@example.net"), loggedIn(bob, 0)));
    assertEquals("450 4.7.1", refused.substring(0, 9));
    assertEquals(Optional.empty(), policy.vetAtOnce(from("bob@example.net"), loggedIn(bob, 0)));
    welcome(policy.vet(from("carol@example.net"), loggedIn(carol, 0)));
    now = now.plus(Duration.ofHours(2));
    welcome(policy.vet(from("bob@example.net"), loggedIn(bob, 0)));
  }

  @Test
  void a_user_has_so_many_recipients_in_a_day_its_own_limit_first() {
    var policy = recipients(new SubmissionSettings(Ownership.ENFORCE, true, 0, 1));
    assertInstanceOf(RecipientVerdict.Accepted.class, to(policy, loggedIn(bob, 2)));
    assertInstanceOf(RecipientVerdict.Accepted.class, to(policy, loggedIn(bob, 2)));
    var refused = assertInstanceOf(RecipientVerdict.Refused.class, to(policy, loggedIn(bob, 2)));
    assertEquals("user_quota", refused.refusal().check());
    assertInstanceOf(RecipientVerdict.Accepted.class, to(policy, loggedIn(carol, 0)));
    assertInstanceOf(RecipientVerdict.Refused.class, to(policy, loggedIn(carol, 0)));
    now = now.plus(Duration.ofDays(2));
    assertInstanceOf(RecipientVerdict.Accepted.class, to(policy, loggedIn(carol, 0)));
  }

  private SenderPolicy senders(SubmissionSettings settings) {
    return new SenderPolicy(directory, submission(settings));
  }

  private RecipientPolicy recipients(SubmissionSettings settings) {
    return new RecipientPolicy(
        directory,
        new OurNames(List.of(), Optional.empty()),
        new RelayPolicy(List.of()),
        submission(settings),
        MailboxLimitsTest.unlimited(),
        RecipientPolicyTest.NOTHING_RETURNED);
  }

  private SubmissionPolicy submission(SubmissionSettings settings) {
    return new SubmissionPolicy(settings, new LocalTallies(() -> now), events::add);
  }

  private static RecipientVerdict to(RecipientPolicy policy, Link link) {
    var to = new ForwardPath.Mailbox(MailAddress.of("dave@example.org"));
    return policy.resolve(to, link, Visit.of(link.origin()));
  }

  private static Link loggedIn(UserId user, long recipientsPerDay) {
    return new Link(
        Origins.LOOPBACK,
        Optional.of(Origins.TLS),
        Optional.of(new Account(user, "bob", recipientsPerDay)));
  }

  private static ReversePath from(String address) {
    return new ReversePath.Sender(MailAddress.of(address));
  }

  private static void welcome(SenderVerdict verdict) {
    assertInstanceOf(SenderVerdict.Welcome.class, verdict);
  }

  private static String refusal(SenderVerdict verdict) {
    return assertInstanceOf(SenderVerdict.Refused.class, verdict).refusal().reply().toString();
  }
}
