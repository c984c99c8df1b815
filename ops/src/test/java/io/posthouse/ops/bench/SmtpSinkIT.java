package io.posthouse.ops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.config.HostPort;
import org.junit.jupiter.api.Test;

class SmtpSinkIT {
  @Test
  void every_message_of_a_load_is_taken_once() throws InterruptedException {
    try (var sink = SmtpSink.start()) {
      var server = new HostPort("127.0.0.1", sink.address().getPort());
      var mail = new SampleMail("sink", 5_000);
      var load =
          new SmtpLoad(
              server,
              20,
              2_000,
              new SmtpLoad.Manner(100, LoadTls.OFF, 0),
              mail,
              "a@example.test",
              "b@example.test");
      var result = load.run();
      assertEquals(2_000, result.accepted(), result.firstTrouble());
      assertEquals(2_000, sink.taken());
    }
  }
}
