package io.posthouse.telemetry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/// What must be well before a load balancer should send us work.
public final class HealthChecks {
  private final Map<String, Health.Check> checks = new ConcurrentSkipListMap<>();

  /// Adds a check, or replaces the one of that name.
  public void add(String name, Health.Check check) {
    checks.put(name, check);
  }

  /// All checks, asked now.
  public Report report() {
    var results = new LinkedHashMap<String, Health>();
    checks.forEach((name, check) -> results.put(name, ask(check)));
    return new Report(results);
  }

  private static Health ask(Health.Check check) {
    try {
      return check.now();
    } catch (RuntimeException e) {
      // Somebody has to know, and it is this reader who asked.
      return Health.notOk("the check itself failed: " + e);
    }
  }

  /// The answers of one moment, by name.
  public record Report(Map<String, Health> checks) {
    public Report {
      checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    public boolean isReady() {
      return checks.values().stream().noneMatch(Health.NotOk.class::isInstance);
    }

    /// What is wrong, in one line; empty where nothing is.
    public String reasons() {
      return checks.entrySet().stream()
          .filter(check -> check.getValue() instanceof Health.NotOk)
          .map(check -> check.getKey() + ": " + ((Health.NotOk) check.getValue()).reason())
          .collect(Collectors.joining("; "));
    }

    /// `{"status":"ready","checks":{"kafka":{"ok":true}}}`.
    String json() {
      var json = new JsonLine().text("status", isReady() ? "ready" : "not ready").open("checks");
      checks.forEach((name, health) -> describe(json.open(name), health).close());
      return json.close().end();
    }

    private static JsonLine describe(JsonLine json, Health health) {
      return switch (health) {
        case Health.Ok _ -> json.truth("ok", true);
        case Health.Degraded(var reason) -> json.truth("ok", true).text("degraded", reason);
        case Health.NotOk(var reason) -> json.truth("ok", false).text("reason", reason);
      };
    }
  }
}
