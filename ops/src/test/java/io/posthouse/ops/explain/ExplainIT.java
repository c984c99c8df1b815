package io.posthouse.ops.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TelemetrySettings;
import io.posthouse.dns.TestDns;
import io.posthouse.ops.CommandRun;
import io.posthouse.ops.Ended;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.Metrics;
import io.posthouse.telemetry.Page;
import io.posthouse.telemetry.TelemetryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainIT {
  private final TestDns dns = TestDns.start();
  private final TelemetryServer worker =
      new TelemetryServer(
          new TelemetrySettings("127.0.0.1", 0), new Metrics(), new HealthChecks(), _ -> {});
  @TempDir private Path folder = Path.of("");

  @AfterEach
  void close() {
    worker.close();
    dns.close();
  }

  @Test
  void the_way_of_mail_is_told_by_the_settings_alone() throws IOException {
    dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "192.0.2.1");
    var table = explain("bob@example.net");
    assertEquals(0, table.exitCode(), table.errors());
    assertTrue(table.text().contains("\nhost mx.example.net:2525\n"), table.text());
    assertTrue(table.text().contains("messages              20          rule mx *.example.net"));
    var json = explain("bob@example.net", "--sender", "ann@example.org", "--format", "json").text();
    assertTrue(
        json.startsWith("{\"to\":\"bob@example.net\",\"sender\":\"<ann@example.org>\""), json);
    assertEquals(1, json.lines().count());
  }

  @Test
  void mail_that_cannot_be_delivered_is_explained_too() throws IOException {
    var ended = explain("bob@missing.example");
    assertEquals(0, ended.exitCode(), ended.errors());
    assertTrue(ended.text().contains("returned: 5.1.2 missing.example does not exist"));
    assertTrue(explain("bob@ours.example").errors().contains("ours.example is in edge.domains"));
  }

  @Test
  void a_worker_is_asked_instead_and_its_words_are_printed() throws IOException {
    worker.add(
        "/delivery/explain",
        query -> Page.Content.text(200, "asked for " + query.value("to").orElse("") + "\n"));
    worker.start();
    var ended = explain("bob+list@example.net", "--worker", worker.address().toString());
    assertEquals("asked for bob+list@example.net\n", ended.text());
    assertEquals(0, dns.udpQuestions());
  }

  @Test
  void a_worker_that_does_not_tell_fails_the_command() throws IOException {
    worker.add("/delivery/explain", _ -> Page.Content.text(503, "busy\n"));
    worker.start();
    var address = worker.address().toString();
    var refused = explain("bob@example.net", "--worker", address);
    assertEquals(1, refused.exitCode());
    assertTrue(refused.errors().contains("says 503: busy"), refused.errors());
    worker.close();
    assertEquals(1, explain("bob@example.net", "--worker", address).exitCode());
  }

  @Test
  void wrong_usage_and_wrong_settings_are_told() throws IOException {
    assertEquals(2, explain("bob").exitCode());
    assertEquals(2, explain("bob@example.net", "--sender", "ann").exitCode());
    assertEquals(2, explain("bob@example.net", "--worker", "nowhere").exitCode());
    assertEquals(3, explain("bob@example.net", "--set", "delivery.port=no").exitCode());
  }

  private Ended explain(String to, String... more) throws IOException {
    var words = new ArrayList<>(List.of("explain", "delivery", to, "--config", config()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }

  private String config() throws IOException {
    var yaml =
        """
        version: 1
        node: {id: worker-1, hostname: us.example.org}
        dns: {servers: ["127.0.0.1:%d"]}
        edge: {domains: [ours.example]}
        delivery:
          port: 2525
          shaping: {rules: [{mx: "*.example.net", messages: 20}]}
        """
            .formatted(dns.address().getPort());
    var file = folder.resolve("posthouse.yaml");
    return Files.writeString(file, yaml).toString();
  }
}
