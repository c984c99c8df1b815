package io.posthouse.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.ConfigException;
import io.posthouse.config.SettingsFile;
import io.posthouse.delivery.conversation.Patience;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliverySettingsTest {
  @Test
  void the_defaults_are_the_rfcs() throws ConfigException {
    var settings = read();
    assertEquals(Patience.RFC5321, settings.patience());
    assertEquals(Duration.ofDays(5), settings.retry().expiry());
    assertEquals(Duration.ofMinutes(1), settings.retry().delayAfter(1));
    assertEquals(Duration.ofHours(4), settings.retry().delayAfter(99));
  }

  @ParameterizedTest
  @CsvSource({
    "delivery.retry.delays=[],                    delivery.retry",
    "delivery.retry.delays=[1ms],                 delivery.retry.delays",
    "delivery.timeouts.end=0s,                    delivery.timeouts.end",
    "delivery.tls.default=policy,                 delivery.tls.default",
    "delivery.tls.authorities=/nowhere.pem,       delivery.tls.authorities",
    "delivery.tls.policies.\"a..b\".level=clear,  delivery.tls.policies",
    "delivery.tls.policies.\"*\".names=a.example, delivery.tls.policies.*.names",
    "delivery.shaping.workers=0,                  delivery.shaping.workers",
    "delivery.shaping.workers=all,                delivery.shaping.workers",
    "delivery.per_destination=0,                  delivery.per_destination",
  })
  void what_cannot_be_meant_is_a_problem(String setting, String key) {
    var problems = assertThrows(ConfigException.class, () -> read(setting));
    assertTrue(String.valueOf(problems.getMessage()).contains(key), () -> problems.getMessage());
  }

  @Test
  void workers_are_as_many_as_live_or_as_somebody_says() throws ConfigException {
    assertEquals(OptionalInt.empty(), read().workers());
    assertEquals(OptionalInt.empty(), read("delivery.shaping.workers=auto").workers());
    assertEquals(OptionalInt.of(3), read("delivery.shaping.workers=3").workers());
  }

  private static DeliverySettings read(String... settings) throws ConfigException {
    return SettingsFile.defaults()
        .with(Arrays.asList(settings))
        .read(in -> DeliverySettings.read(in.section("delivery")))
        .settings();
  }
}
