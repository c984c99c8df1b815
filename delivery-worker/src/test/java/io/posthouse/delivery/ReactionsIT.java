package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Samples;
import io.posthouse.smtp.ScriptedMx;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.ReactionKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReactionsIT {
  private final ScriptedMx mx = ScriptedMx.start();
  private final Worker worker =
      new Worker(
          "delivery.port=" + mx.port(),
          "delivery.reactions=[{name: listed, text: blocked, do: suspend, for: 10m},"
              + " {name: full, status: 4.2.2, do: bounce}]");

  @AfterEach
  void stop() {
    worker.close();
    mx.close();
  }

  @Test
  void a_site_that_is_suspended_gets_nothing_more() {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    worker.dns.mx("example.org", 10, "mx.example.net");
    mx.on("MAIL", "451 4.7.1 you are blocked");
    worker.deliver(Samples.message(Samples.CAROL));
    var reacted = worker.events(MailEvent.Reacted.class).getFirst();
    assertEquals("listed " + ReactionKind.SUSPEND, reacted.rule() + " " + reacted.action());
    var talks = mx.commands().size();
    worker.deliver(Samples.message(Samples.DAVE));
    assertEquals(talks, mx.commands().size(), "another domain of the same site");
    assertEquals(1, worker.metric("delivery_postponed_total", "reason", "suspended"));
    assertEquals(1, worker.metric("delivery_sites", "state", "suspended"));
    assertEquals(1, worker.queue.envelopes("retry.5m").size(), "until the suspension is over");
  }

  @Test
  void a_line_may_return_what_the_code_would_keep() {
    worker.dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "127.0.0.1");
    mx.on("RCPT", "452 4.2.2 full");
    worker.deliver(Samples.message(Samples.CAROL));
    assertEquals(1, worker.bounces(Samples.CAROL).size());
    assertEquals(List.of(), worker.queue.envelopes("retry.1m"));
  }
}
