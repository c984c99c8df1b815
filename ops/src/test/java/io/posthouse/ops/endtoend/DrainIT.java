package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.ops.testbed.Accounts;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.MailLoad;
import io.posthouse.ops.testbed.Platform;
import io.posthouse.ops.testbed.Role;
import org.junit.jupiter.api.Test;

class DrainIT {
  private static final int MESSAGES = 2_000;
  private static final int SESSIONS = 10;

  private final Platform platform = Platform.shared();

  @Test
  void a_role_that_is_asked_to_stop_in_the_middle_of_a_load_finishes_what_it_holds() {
    var gerd = platform.user("gerd@local.test");
    var away = "x@" + platform.remoteDomain("drain.test");
    try (var load =
            new MailLoad(platform.smtp(), "drain", MESSAGES, n -> n % 2 == 0 ? gerd : away);
        var mailboxes = platform.mailboxes()) {
      var accounts = new Accounts(load, mailboxes, platform.world());
      load.start(SESSIONS);
      for (var role : Role.values()) {
        var before = accounts.arrived();
        Eventually.holds("some more have arrived", () -> accounts.arrived() >= before + 100);
        assertEquals(0, platform.role(role).terminate().exitCode(), role::toString);
        platform.role(role).start();
      }
      load.awaitSent();

      accounts.awaitEverythingAcknowledged();
      // No client was left without an answer to its content, so nothing came twice.
      assertTrue(load.acknowledged().size() >= MESSAGES - SESSIONS, load.troubles()::toString);
      assertEquals(0, accounts.neverAcknowledged(), load.troubles()::toString);
      assertEquals(0, accounts.repeatedInMailboxes());
      assertEquals(0, accounts.repeatedAtHosts());
    }
  }
}
