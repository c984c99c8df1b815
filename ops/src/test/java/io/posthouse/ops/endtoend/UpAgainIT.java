package io.posthouse.ops.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.ops.cli.LocalPorts;
import io.posthouse.ops.testbed.Eventually;
import io.posthouse.ops.testbed.MailLoad;
import io.posthouse.ops.testbed.Testbed;
import io.posthouse.ops.testbed.UpProcess;
import org.junit.jupiter.api.Test;

class UpAgainIT {
  private static final String BOB = "bob@example.test";
  private static final int MESSAGES = 300;

  @Test
  void a_second_up_on_the_same_data_continues_where_the_first_was_killed() {
    try (var up = new UpProcess(Testbed.folder("up-again"));
        var load = new MailLoad(up.at(LocalPorts.SMTP), "again", MESSAGES, _ -> BOB)) {
      // Killed with the last 250: what is not in the mailbox yet is in Kafka.
      load.start(10).awaitSent();
      up.killAndStart();
      Eventually.holds("all is stored", () -> up.uids(BOB).size() >= MESSAGES);
      var stored = up.uids(BOB);

      assertEquals(0, up.terminate().exitCode());
      up.start();

      assertEquals(MESSAGES, load.acknowledged().size());
      assertEquals(MESSAGES, stored.size());
      assertEquals(stored, up.uids(BOB));
    }
  }
}
