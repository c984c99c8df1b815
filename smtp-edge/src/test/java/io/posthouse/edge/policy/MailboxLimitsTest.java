package io.posthouse.edge.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.config.Network;
import io.posthouse.directory.Account;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import io.posthouse.edge.policy.MailboxSettings.OverQuota;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.Origins;
import io.posthouse.message.Destination;
import io.posthouse.tally.LocalTallies;
import io.posthouse.tally.Tallies;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxLimitsTest {
  private static final UserId BOB = new UserId("b".repeat(24));
  private static final UserId CAROL = new UserId("c".repeat(24));
  private static final AddressId US = new AddressId("f".repeat(24));
  private static final InetAddress CLIENT = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress ANOTHER = InetAddress.ofLiteral("2001:db8::7");
  private static final InetAddress OUR_OWN = InetAddress.ofLiteral("192.0.2.7");

  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private final Tallies tallies = new LocalTallies(() -> now);
  private final List<Runnable> soon = new ArrayList<>();

  static MailboxLimits unlimited() {
    return limits(OverQuota.DEFER, 0, 0);
  }

  static MailboxLimits limits(OverQuota overQuota, int perMinute, int perHourFromOne) {
    return new MailboxLimits(
        new MailboxSettings(overQuota, perMinute, perHourFromOne),
        List.of(),
        new SharedCounts(new LocalTallies(InstantSource.system()), Runnable::run));
  }

  private MailboxLimits limits(int perMinute, int perHourFromOne) {
    return new MailboxLimits(
        new MailboxSettings(OverQuota.DEFER, perMinute, perHourFromOne),
        List.of(Network.parse("192.0.2.0/24")),
        new SharedCounts(tallies, soon::add));
  }

  private void aMomentLater() {
    var due = List.copyOf(soon);
    soon.clear();
    due.forEach(Runnable::run);
  }

  private static void take(MailboxLimits limits, UserId user, InetAddress client, int times) {
    for (int i = 0; i < times; i++)
      limits.accepted(List.of(new Destination.Local(user)), Origins.PLAIN, client);
  }

  private static boolean isOpen(MailboxLimits limits, UserId user, InetAddress client) {
    return isOpen(limits, new Resolution.LocalUser(user), client);
  }

  private static boolean isOpen(MailboxLimits limits, Resolution to, InetAddress client) {
    var refusal = limits.refusal(to, Origins.PLAIN, client);
    refusal.ifPresent(r -> assertEquals("450 4.2.1", r.reply().toString().substring(0, 9)));
    // What is admitted at once is never what would be refused.
    if (limits.admitAtOnce(to, Origins.PLAIN, client)) assertTrue(refusal.isEmpty());
    return refusal.isEmpty();
  }

  @Test
  void a_user_gets_so_much_in_a_minute_from_all_together() {
    var limits = limits(3, 0);
    take(limits, BOB, CLIENT, 2);
    assertTrue(isOpen(limits, BOB, ANOTHER));
    take(limits, BOB, ANOTHER, 1);
    assertFalse(isOpen(limits, BOB, CLIENT));
    assertTrue(isOpen(limits, CAROL, CLIENT));
  }

  @Test
  void a_minute_later_there_is_room_again() {
    var limits = limits(3, 0);
    take(limits, BOB, CLIENT, 3);
    aMomentLater();
    assertFalse(isOpen(limits, BOB, CLIENT));
    now = now.plus(Duration.ofMinutes(2));
    assertTrue(isOpen(limits, BOB, CLIENT));
  }

  @Test
  void a_user_gets_so_much_in_an_hour_from_one_client() {
    var limits = limits(0, 2);
    take(limits, BOB, CLIENT, 2);
    assertFalse(isOpen(limits, BOB, CLIENT));
    assertTrue(isOpen(limits, BOB, ANOTHER));
  }

  @Test
  void the_user_s_own_limit_comes_before_that_of_all() {
    var limits = limits(3, 0);
    take(limits, BOB, CLIENT, 5);
    assertTrue(isOpen(limits, new Resolution.LocalUser(BOB, 6), CLIENT));
    assertFalse(isOpen(limits, new Resolution.LocalUser(BOB, 5), CLIENT));
  }

  @Test
  void a_forwarded_address_makes_so_many_copies_in_a_day() {
    var limits = limits(0, 0);
    for (int i = 0; i < 2; i++)
      limits.accepted(List.of(new Destination.Forwarded(US)), Origins.PLAIN, CLIENT);
    assertTrue(isOpen(limits, new Resolution.Forwarded(US, 2, 6), CLIENT));
    assertFalse(isOpen(limits, new Resolution.Forwarded(US, 2, 5), CLIENT));
    assertFalse(isOpen(limits, new Resolution.Forwarded(US, 50, 5), CLIENT));
  }

  @Test
  void other_nodes_count_too() {
    var here = limits(3, 0);
    var there = limits(3, 0);
    take(here, BOB, CLIENT, 1);
    take(there, BOB, CLIENT, 2);
    aMomentLater();
    take(here, BOB, CLIENT, 1);
    aMomentLater();
    assertFalse(isOpen(here, BOB, CLIENT));
  }

  @Test
  void many_messages_are_told_to_the_others_at_once() {
    var limits = limits(1000, 0);
    take(limits, BOB, CLIENT, 500);
    assertEquals(1, soon.size());
    aMomentLater();
    assertTrue(isOpen(limits, BOB, CLIENT));
    take(limits, BOB, CLIENT, 500);
    assertFalse(isOpen(limits, BOB, CLIENT));
  }

  @Test
  void our_own_networks_and_users_are_not_counted() {
    var limits = limits(1, 1);
    take(limits, BOB, OUR_OWN, 5);
    assertTrue(isOpen(limits, BOB, CLIENT));
    take(limits, BOB, CLIENT, 1);
    assertFalse(isOpen(limits, BOB, CLIENT));
    assertTrue(isOpen(limits, BOB, OUR_OWN));
    var user =
        new Link(
            Origins.LOOPBACK, Optional.of(Origins.TLS), Optional.of(new Account(BOB, "bob", 0)));
    assertTrue(limits.admitAtOnce(new Resolution.LocalUser(BOB), user, CLIENT));
  }

  @Test
  void a_remote_recipient_has_no_mailbox() {
    var limits = limits(1, 1);
    limits.accepted(
        List.of(new Destination.Remote(new Domain("example.org"))), Origins.PLAIN, CLIENT);
    assertEquals(0, soon.size());
    assertTrue(isOpen(limits, new Resolution.NotLocal(), CLIENT));
  }
}
