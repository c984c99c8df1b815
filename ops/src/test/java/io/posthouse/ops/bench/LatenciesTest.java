package io.posthouse.ops.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatenciesTest {
  @ParameterizedTest
  @CsvSource({"50, 50", "99, 99", "99.5, 100", "100, 100", "0, 1"})
  void a_percentile_of_1_to_100_is_the_wait_that_so_many_did_not_exceed(
      double percent, long nanos) {
    var waits = new Latencies(100);
    for (int n = 100; n >= 1; n--) waits.add(n);
    assertEquals(Duration.ofNanos(nanos), waits.percentile(percent));
  }

  @Test
  void without_a_wait_every_percentile_is_zero() {
    assertEquals(Duration.ZERO, new Latencies(10).percentile(99));
  }
}
