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
