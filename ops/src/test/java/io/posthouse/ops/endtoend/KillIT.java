package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Accounts;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.MailLoad;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Half of the load is for users of ours, half for another domain.
class KillIT {
  private static final int MESSAGES = 2_000;
  private static final int SESSIONS = 20;
  private static final int USERS = 10;

  private static final Platform PLATFORM = Platform.shared();

  @BeforeAll
  static void prepare() {
    for (int i = 0; i < USERS; i++) PLATFORM.user("kill%d@local.test".formatted(i));
    PLATFORM.remoteDomain("kill.test");
  }

  @ParameterizedTest
  @EnumSource
  void a_killed_role_loses_nothing_that_was_acknowledged_and_repeats_only_what_was_in_flight(
      Role role) {
    var run = "kill-" + role.name().toLowerCase(Locale.ROOT);
    try (var load = new MailLoad(PLATFORM.smtp(), run, MESSAGES, KillIT::recipient);
        var mailboxes = PLATFORM.mailboxes()) {
      var accounts = new Accounts(load, mailboxes, PLATFORM.world());
      load.start(SESSIONS);
      Eventually.holds("a third has arrived", () -> accounts.arrived() > MESSAGES / 3);
      PLATFORM.role(role).kill();
      var arrived = accounts.arrived();
      assertTrue(arrived < MESSAGES, "killed too late: " + arrived + " had arrived");
      PLATFORM.role(role).start();
      load.awaitSent();

      accounts.awaitEverythingAcknowledged();
      System.out.printf("kill -9 of %s after %d arrivals: %s%n", role, arrived, accounts);
      // Who had no answer when the edge died was not acknowledged; nobody else.
      var unanswered = role == Role.EDGE ? SESSIONS : 0;
      assertTrue(load.acknowledged().size() >= MESSAGES - unanswered, load.troubles()::toString);
      assertEquals(0, accounts.repeatedInMailboxes());
      var repeats = role == Role.DELIVER ? Platform.UNNOTED : 0;
      assertTrue(accounts.repeatedAtHosts() <= repeats, accounts::toString);
    }
  }

  private static String recipient(int number) {
    return number % 2 == 0 ? "kill%d@local.test".formatted(number / 2 % USERS) : "x@kill.test";
  }
}
