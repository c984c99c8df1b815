package io.posthouse.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NextHopTest {
  @ParameterizedTest
  @CsvSource({
    "mx.example.net, mx.example.net:25",
    "MX.example.net:2525, mx.example.net:2525",
    "[192.0.2.1], [192.0.2.1]:25",
    "[192.0.2.1]:26, [192.0.2.1]:26",
    "[IPv6:2001:db8::1]:25, [ipv6:2001:db8::1]:25",
  })
  void a_host_and_perhaps_a_port(String typed, String hop) {
    assertEquals(Optional.of(hop), NextHop.parse(typed).map(NextHop::toString));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":25",
        "mx.example.net:",
        "mx.example.net:0",
        "mx.example.net:65536",
        "mx example.net",
        "[192.0.2.300]",
        "[mx]",
        "2001:db8::1"
      })
  void anything_else_is_none(String typed) {
    assertEquals(Optional.empty(), NextHop.parse(typed));
  }
}
