package io.posthouse.delivery.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.ConfigException;
import io.posthouse.config.NodeSettings;
import io.posthouse.config.SettingsFile;
import io.posthouse.config.TelemetrySettings;
import io.posthouse.delivery.DeliverySettings;
import io.posthouse.delivery.RoadMaps;
import io.posthouse.delivery.sts.CachedPolicies;
import io.posthouse.dns.TestDns;
import io.posthouse.dnsjava.DnsjavaDns;
import io.posthouse.telemetry.HealthChecks;
import io.posthouse.telemetry.Metrics;
import io.posthouse.telemetry.TelemetryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainPageIT {
  private final TestDns dns = TestDns.start();
  private final HttpClient http = HttpClient.newHttpClient();
  private final TelemetryServer server =
      new TelemetryServer(
          new TelemetrySettings("127.0.0.1", 0), new Metrics(), new HealthChecks(), _ -> {});

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    dns.close();
  }

  @Test
  void whoever_asks_for_an_address_is_told() throws Exception {
    dns.mx("example.net", 10, "mx.example.net").a("mx.example.net", "192.0.2.1");
    server.add(ExplainPage.PATH, new ExplainPage(explainer()));
    var json = get("?to=bob+list@example.net&sender=ann%40example.org");
    assertEquals(200, json.statusCode());
    assertEquals("application/json", json.headers().firstValue("Content-Type").orElse(""));
    assertTrue(
        json.body()
            .startsWith(
                "{\"to\":\"bob+list@example.net\",\"sender\":\"<ann@example.org>\",\"rule\":\"mx\","
                    + "\"outcome\":\"tried\",\"hosts\":[{\"host\":\"mx.example.net\""),
        json.body());
    var table = get("?to=bob@example.net&format=table").body();
    assertTrue(table.contains("\nhost mx.example.net:25\n"), table);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?to=bob",
        "?to=bob@example.net&sender=bob",
        "?to=bob@example.net&format=xml",
        "?sender=ann@example.org"
      })
  void whoever_asks_for_no_address_is_told_what_is_expected(String query) throws Exception {
    server.add(ExplainPage.PATH, new ExplainPage(explainer()));
    var refused = get(query);
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("expected"), refused.body());
    assertEquals(0, dns.udpQuestions());
  }

  @Test
  void questions_that_nobody_answers_hold_neither_who_asks_nor_the_page() throws Exception {
    dns.fault("example.net", TestDns.Fault.DROP);
    server.add(ExplainPage.PATH, new ExplainPage(explainer(), Duration.ofMillis(50)));
    var statuses =
        IntStream.range(0, 6).mapToObj(_ -> statusOf("?to=bob@example.net")).sorted().toList();
    // Those who were told to come back gave their places up no sooner than the DNS did.
    assertEquals(List.of(503, 503, 504, 504, 504, 504), statuses);
  }

  private int statusOf(String query) {
    try {
      return get(query).statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> get(String query) throws IOException, InterruptedException {
    var page = URI.create("http://" + server.address() + ExplainPage.PATH + query);
    return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
  }

  private Explainer explainer() throws ConfigException {
    var settings =
        SettingsFile.defaults()
            .read(in -> DeliverySettings.read(in.section("delivery")))
            .settings();
    var around =
        new RoadMaps.Surroundings(
            new DnsjavaDns(List.of(dns.address()), Duration.ofSeconds(5)),
            new CachedPolicies(),
            (_, _) -> {},
            (_, _, _) -> {},
            InstantSource.system());
    var node = new NodeSettings("worker-1", "us.example.org");
    return new Explainer(RoadMaps.of(node, settings, around), Optional.empty());
  }
}
