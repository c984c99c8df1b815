package io.posthouse.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.message.Samples;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FairnessIT {
  private static final int BACKLOG = 300;
  private static final int OTHERS = 100;

  @Test
  void a_site_that_keeps_us_waiting_keeps_nobody_else_waiting() {
    try (var slow = ScriptedMx.startAt("127.0.0.2", 0).silentAt("MAIL");
        var fast = ScriptedMx.startAt("127.0.0.1", slow.port());
        var worker = new Worker("delivery.port=" + slow.port(), "delivery.concurrency=20")) {
      worker.dns.mx("slow.example", 10, "mx.slow.example").a("mx.slow.example", "127.0.0.2");
      worker.dns.mx("fast.example", 10, "mx.fast.example").a("mx.fast.example", "127.0.0.1");
      for (int i = 0; i < BACKLOG; i++)
        worker.queue.put(Samples.message(Samples.remote("u" + i + "@slow.example")));
      for (int i = 0; i < OTHERS; i++)
        worker.queue.put(Samples.message(Samples.remote("u" + i + "@fast.example")));
      await().atMost(Duration.ofSeconds(60)).until(() -> fast.messages().size() == OTHERS);
      assertEquals(0, slow.messages().size(), "it has not said a word yet");
      assertTrue(slow.connections() <= 5, () -> slow.connections() + " connections");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> worker.queue.envelopes("retry.1m").size() >= BACKLOG - 5);
      var tried =
          worker.queue.envelopes("retry.1m").stream().filter(e -> e.attemptCount() > 0).count();
      assertTrue(tried <= slow.connections(), () -> tried + " were tried, the rest put aside");
      assertEquals(OTHERS, worker.events(MailEvent.Delivered.class).size());
    }
  }
}
