package io.posthouse.delivery.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.kafka.SimFaults.BrokenRule;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole clusters in virtual time: three workers that are killed, ended, cut off and started again
/// while they deliver, on partitions that move, with commits that get lost, and operators who order
/// what they like meanwhile. More seeds: `-Dposthouse.seeds=100000`.
class ClusterSimulationTest {
  private static final int SEEDS = Integer.getInteger("posthouse.seeds", 1_000);
  private static final int ORDERS = 8;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void nothing_is_lost_nothing_bounced_twice_and_no_copy_is_avoidable() {
    LongStream.range(0, SEEDS)
        .forEach(seed -> assertEquals("", new SimulatedRun(seed, 0).verdict()));
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void what_operators_order_meanwhile_is_done_to_each_message_once_and_to_no_other() {
    LongStream.range(0, (SEEDS + 1) / 2)
        .forEach(seed -> assertEquals("", new SimulatedRun(seed, ORDERS).verdict()));
  }

  @Test
  void the_same_seed_is_the_same_run() {
    assertEquals(new SimulatedRun(42, ORDERS).trace(), new SimulatedRun(42, ORDERS).trace());
  }

  @ParameterizedTest
  @EnumSource(BrokenRule.class)
  void a_broken_rule_is_noticed(BrokenRule rule) {
    assertTrue(
        LongStream.range(0, 1_000)
            .anyMatch(seed -> !new SimulatedRun(seed, ORDERS, rule).verdict().isEmpty()),
        () -> "1000 seeds, and nobody noticed that it " + rule);
  }
}
