package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HealthChecksTest {
  private final HealthChecks checks = new HealthChecks();

  @Test
  void without_a_check_we_are_ready() {
    assertReport(true, "{\"status\":\"ready\",\"checks\":{}}");
  }

  @Test
  void one_reason_is_enough_not_to_be_ready() {
    checks.add("mongodb", Health::ok);
    checks.add("kafka", () -> Health.notOk("no broker answers"));
    assertReport(
        false,
        "{\"status\":\"not ready\",\"checks\":{"
            + "\"kafka\":{\"ok\":false,\"reason\":\"no broker answers\"},\"mongodb\":{\"ok\":true}}}");
  }

  @Test
  void what_works_less_well_is_shown_and_keeps_nobody_from_being_ready() {
    checks.add("redis", () -> Health.notOk("no answer").atMostDegraded());
    checks.add("dns", () -> Health.ok().atMostDegraded());
    assertReport(
        true,
        "{\"status\":\"ready\",\"checks\":{"
            + "\"dns\":{\"ok\":true},\"redis\":{\"ok\":true,\"degraded\":\"no answer\"}}}");
  }

  @Test
  void a_check_that_fails_itself_is_a_reason() {
    checks.add(
        "dns",
        () -> {
          throw new IllegalStateException("oops");
        });
    assertReport(
        false,
        "{\"status\":\"not ready\",\"checks\":{\"dns\":{\"ok\":false,"
            + "\"reason\":\"the check itself failed: java.lang.IllegalStateException: oops\"}}}");
  }

  private void assertReport(boolean ready, String json) {
    assertEquals(ready, checks.report().isReady());
    assertEquals(json, checks.report().json());
  }
}
