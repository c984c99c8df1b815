package io.posthouse.ops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.config.HostPort;
import org.junit.jupiter.api.Test;

class SmtpSinkIT {
  @Test
  void every_message_of_a_load_is_taken_once() throws InterruptedException {
    try (var sink = SmtpSink.start()) {
      var server = new HostPort("127.0.0.1", sink.address().getPort());
      var result = load(server, 2_000).run();
      assertEquals(2_000, result.accepted(), result.firstTrouble());
      assertEquals(2_000, sink.taken());
    }
  }

  @Test
  void a_sink_at_several_addresses_counts_what_comes_to_any() throws InterruptedException {
    try (var sink = SmtpSink.start(3)) {
      var first = new HostPort("127.0.0.1", sink.address().getPort());
      for (int n = 0; n < 3; n++)
        assertEquals(10, load(SmtpSink.next(first, n), 10).run().accepted());
      assertEquals(30, sink.taken());
    }
  }

  private static SmtpLoad load(HostPort server, int messages) {
    return new SmtpLoad(
        server,
        20,
        messages,
        new SmtpLoad.Manner(100, LoadTls.OFF, 0),
        new SampleMail("sink", 5_000),
        "a@example.test",
        "b@example.test");
  }
}
