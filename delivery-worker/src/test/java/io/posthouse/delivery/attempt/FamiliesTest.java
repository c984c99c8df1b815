package io.posthouse.delivery.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.delivery.attempt.Families.Use;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Family;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {
  /// Addresses as the DNS has them, who goes first, which are used, and the order of the race.
  @ParameterizedTest
  @CsvSource({
    "::a ::b 1.1.1.1,                 IPV6, BOTH, ::a 1.1.1.1 ::b",
    "::a ::b 1.1.1.1 2.2.2.2,         IPV6, BOTH, ::a 1.1.1.1 ::b 2.2.2.2",
    "::a ::b 1.1.1.1 2.2.2.2,         IPV4, BOTH, 1.1.1.1 ::a 2.2.2.2 ::b",
    "::a 1.1.1.1 2.2.2.2 3.3.3.3,     IPV6, BOTH, ::a 1.1.1.1 2.2.2.2 3.3.3.3",
    "1.1.1.1 2.2.2.2,                 IPV6, BOTH, 1.1.1.1 2.2.2.2",
    "::a 1.1.1.1 ::b,                 IPV6, IPV4, 1.1.1.1",
    "::a 1.1.1.1 ::b,                 IPV4, IPV6, ::a ::b",
  })
  void families_take_turns(String addresses, Family first, Use use, String order) {
    var families = new Families(use, Duration.ofMillis(250), Duration.ofSeconds(5));
    var raced = families.inTurn(hosts(addresses), first);
    assertEquals(hosts(order), raced);
  }

  private static List<MxHost> hosts(String addresses) {
    return Stream.of(addresses.split(" "))
        .map(address -> new MxHost("mx.example.net", InetAddress.ofLiteral(address), 25))
        .collect(Collectors.toList());
  }
}
