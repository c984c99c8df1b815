package io.posthouse.delivery.sts.kafka;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.address.Domain;
import io.posthouse.delivery.sts.KnownPolicy;
import io.posthouse.embedded.TestBroker;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaTable;
import io.posthouse.kafka.TopicAdmin;
import io.posthouse.kafka.TopicPlan;
import io.posthouse.queue.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaPoliciesIT {
  private static final Domain EXAMPLE = new Domain("example.net");
  private static final Duration SOON = Duration.ofSeconds(30);

  private final KafkaCluster kafka =
      new KafkaCluster(
          TestBroker.shared().bootstrap(),
          new Topics(TestBroker.shared().freshPrefix(KafkaPoliciesIT.class)));

  @BeforeEach
  void topics() throws Exception {
    var plan = TopicPlan.of(kafka.topics(), new TopicPlan.Layout(1, 1, 1, false), List.of());
    assertEquals(List.of(), new TopicAdmin(kafka, SOON).create(plan).refused());
  }

  @Test
  void what_one_worker_fetched_the_others_know_and_those_who_come_after_it() {
    var policy = policy("1", 1_000);
    try (var other = started()) {
      try (var first = started()) {
        first.policies().remember(EXAMPLE, policy("0", 500));
        first.policies().remember(EXAMPLE, policy);
        assertEquals(Optional.of(policy), first.policies().policy(EXAMPLE));
      }
      await().atMost(SOON).until(() -> other.knows(policy));
    }
    try (var later = started()) {
      assertEquals(Optional.of(policy), later.policies().policy(EXAMPLE));
    }
  }

  @Test
  void of_two_who_fetch_at_once_the_later_is_right_in_whatever_order_they_write() {
    try (var one = started();
        var other = started()) {
      one.policies().remember(EXAMPLE, policy("2", 2_000));
      other.policies().remember(EXAMPLE, policy("1", 1_000));
      await().atMost(SOON).until(() -> other.knows(policy("2", 2_000)));
      assertTrue(one.knows(policy("2", 2_000)));
    }
  }

  @Test
  void what_is_no_policy_is_passed_over() {
    var policy = policy("1", 1_000);
    var table = new KafkaTable(kafka, kafka.topics().tlsPolicies(), (_, _, _) -> {});
    table.put("example.org", "nonsense".getBytes(StandardCharsets.US_ASCII));
    table.put("not a domain", new byte[0]);
    table.close();
    try (var first = started()) {
      first.policies().remember(EXAMPLE, policy);
    }
    try (var later = started()) {
      assertEquals(Optional.of(policy), later.policies().policy(EXAMPLE));
    }
  }

  @Test
  void before_the_table_was_read_nobody_can_say() {
    var policies = new KafkaPolicies(kafka);
    assertEquals(
        Optional.of(kafka.topics().tlsPolicies() + " is not read yet: not started"),
        policies.trouble());
    policies.close();
  }

  private record Started(KafkaPolicies policies) implements AutoCloseable {
    boolean knows(KnownPolicy policy) {
      return policies.policy(EXAMPLE).equals(Optional.of(policy));
    }

    @Override
    public void close() {
      policies.drain(SOON);
      policies.close();
    }
  }

  private Started started() {
    var policies = new KafkaPolicies(kafka);
    policies.start();
    assertEquals(Optional.empty(), policies.trouble());
    return new Started(policies);
  }

  private static KnownPolicy policy(String id, long fetched) {
    var text = "version: STSv1\nmode: enforce\nmx: *.example.net\nmax_age: 86400\n";
    return KnownPolicy.of(id, text, Instant.ofEpochMilli(fetched));
  }
}
