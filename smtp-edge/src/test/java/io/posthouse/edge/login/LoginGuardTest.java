package io.posthouse.edge.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.edge.login.LoginSettings.GuessingLimits;
import io.posthouse.tally.LocalTallies;
import io.posthouse.tally.Tallies;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginGuardTest {
  private static final InetAddress OFFICE = InetAddress.ofLiteral("192.0.2.7");
  private static final InetAddress NEXT_DESK = InetAddress.ofLiteral("192.0.2.8");
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.1");

  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private final Tallies tallies = new LocalTallies(() -> now);
  private final LoginGuard guard =
      new LoginGuard(new GuessingLimits(10, 6, 4, Duration.ofMinutes(15)), tallies);

  @Test
  void a_pair_is_blocked_first_and_forgiven_after_a_while() {
    guess(4, OFFICE, "bob");
    assertTrue(guard.blocks(NEXT_DESK, "bob"));
    assertFalse(guard.blocks(NEXT_DESK, "carol"));
    assertFalse(guard.blocks(ELSEWHERE, "bob"));
    now = now.plus(Duration.ofMinutes(31));
    assertFalse(guard.blocks(OFFICE, "bob"));
  }

  @Test
  void a_name_that_is_attacked_from_everywhere_is_still_its_owners() {
    guard.right(OFFICE, "bob");
    for (int i = 1; i <= 6; i++) guess(1, InetAddress.ofLiteral("203.0." + i + ".1"), "bob");
    assertTrue(guard.blocks(ELSEWHERE, "bob"));
    assertFalse(guard.blocks(OFFICE, "bob"));
  }

  @Test
  void who_guesses_in_an_office_does_not_lock_out_who_works_there() {
    guard.right(OFFICE, "bob");
    for (int i = 0; i < 10; i++) guess(1, NEXT_DESK, "user" + i);
    assertTrue(guard.blocks(OFFICE, "carol"));
    assertFalse(guard.blocks(OFFICE, "bob"));
    guess(4, NEXT_DESK, "bob");
    assertTrue(guard.blocks(OFFICE, "bob"));
  }

  @Test
  void an_old_telephone_with_an_old_password_guesses_once() {
    for (int i = 0; i < 100; i++) guard.wrong(OFFICE, "bob", "old");
    assertFalse(guard.blocks(OFFICE, "bob"));
  }

  @Test
  void a_proof_tells_nothing_of_its_password_and_counts_each_time() {
    for (int i = 0; i < 4; i++) guard.wrong(OFFICE, "bob", "");
    assertTrue(guard.blocks(OFFICE, "bob"));
  }

  @Test
  void all_spellings_of_a_name_are_one() {
    guess(2, OFFICE, "bob.by@example.net");
    guess(2, OFFICE, "BobBy+tag@Example.net ");
    assertTrue(guard.blocks(OFFICE, "bobby@example.net"));
  }

  @Test
  void a_network_is_a_slash_24_or_a_slash_64() {
    assertEquals(LoginGuard.prefix(OFFICE), LoginGuard.prefix(NEXT_DESK));
    assertEquals(prefix("2001:db8:0:1::1"), prefix("2001:db8:0:1:ffff::2"));
    assertFalse(prefix("2001:db8:0:1::1").equals(prefix("2001:db8:0:2::1")));
  }

  @Test
  void without_limits_nobody_is_blocked() {
    var open = new LoginGuard(new GuessingLimits(0, 0, 0, Duration.ofMinutes(15)), tallies);
    for (int i = 0; i < 100; i++) open.wrong(OFFICE, "bob", "");
    assertFalse(open.blocks(OFFICE, "bob"));
  }

  private void guess(int times, InetAddress client, String name) {
    for (int i = 0; i < times; i++) guard.wrong(client, name, "guess " + i + name);
  }

  private static String prefix(String address) {
    return LoginGuard.prefix(InetAddress.ofLiteral(address));
  }
}
