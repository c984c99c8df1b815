package io.posthouse.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
  @ParameterizedTest
  @CsvSource({
    "250ms, 250, 250ms",
    "90s, 90000, 1m30s",
    "5m, 300000, 5m",
    "1h30m, 5400000, 1h30m",
    "24h, 86400000, 1d",
    "1d1ms, 86400001, 1d1ms",
    "0s, 0, 0s"
  })
  void durations(String written, long millis, String printed) {
    assertEquals(millis, Durations.parse(written).toMillis());
    assertEquals(printed, Durations.print(Durations.parse(written)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-1s", "1x", "1.5h", "s", "1s1m", "1 h"})
  void no_durations(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1000, 1000, 1KB",
    "100 B, 100, 100",
    "128KiB, 131072, 128KiB",
    "128K, 128000, 128KB",
    "1 MiB, 1048576, 1MiB",
    "2GiB, 2147483648, 2GiB",
    "25MB, 25000000, 25MB",
    "1025, 1025, 1025"
  })
  void sizes(String written, long bytes, String printed) {
    assertEquals(bytes, ByteSize.parse(written).bytes());
    assertEquals(printed, ByteSize.parse(written).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KB", "-1", "1TB", "1.5MB", "99999999999"})
  void no_sizes(String text) {
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "example.net, example.net:53",
    "example.net:5353, example.net:5353",
    "192.0.2.1:1, 192.0.2.1:1",
    "[2001:db8::1]:5353, [2001:db8::1]:5353",
    "[2001:db8::1], [2001:db8::1]:53",
    "2001:db8::1, [2001:db8::1]:53"
  })
  void hosts_and_ports(String written, String printed) {
    assertEquals(printed, HostPort.parse(written, 53).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":53", "a:b", "a:65536", "a b", "[::1", "a:1:2", "http://a"})
  void no_hosts_and_ports(String text) {
    assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text, 53));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/9, 10.127.0.1, true",
    "10.0.0.0/9, 10.128.0.1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "0.0.0.0/0, 192.0.2.7, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true"
  })
  void networks(String network, String address, boolean inside) {
    assertEquals(inside, Network.parse(network).contains(InetAddress.ofLiteral(address)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "::1/129"
      })
  void no_networks(String text) {
    assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "fisrt, first",
    "frst, first",
    "firsts, first",
    "x, ",
    "nothing, ",
    "expirey, expiry"
  })
  void the_word_somebody_probably_meant(String written, String meant) {
    assertEquals(
        Optional.ofNullable(meant), Suggestion.of(written, List.of("first", "expiry", "schedule")));
  }
}
