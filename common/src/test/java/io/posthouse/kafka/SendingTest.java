package io.posthouse.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SendingTest {
  @Test
  void nothing_has_to_be_set() throws ConfigException {
    assertEquals(Sending.DEFAULT, read());
  }

  @Test
  void each_key_is_read() throws ConfigException {
    assertEquals(
        new Sending(Duration.ofSeconds(10), 128 << 20, Duration.ofMillis(5)),
        read(
            "kafka.sending.patience=10s",
            "kafka.sending.memory=128MiB",
            "kafka.sending.linger=5ms"));
  }

  @Test
  void limits_that_cannot_work_are_refused() {
    var second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> new Sending(second, 0, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new Sending(second, 1 << 30, second));
    assertThrows(
        IllegalArgumentException.class, () -> new Sending(Duration.ZERO, 1 << 30, Duration.ZERO));
  }

  private static Sending read(String... settings) throws ConfigException {
    return SettingsFile.defaults()
        .with(List.of(settings))
        .read(in -> Sending.read(in.section("kafka.sending")))
        .settings();
  }
}
