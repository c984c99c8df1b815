package io.posthouse.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.posthouse.config.TelemetrySettings;
import io.posthouse.lifecycle.CannotStartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelemetryServerIT {
  private final HealthChecks health = new HealthChecks();
  private final Metrics metrics = Metrics.ofProcess();
  private final List<MailEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final TelemetryServer server = server(0);
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    server.close();
  }

  @Test
  void metrics_are_in_the_text_format_of_prometheus() throws Exception {
    metrics.counter("mail_test_total", "For this test.", "kind").labels("a").inc(3);
    var page = get("/metrics");
    assertEquals(200, page.statusCode());
    assertEquals("text/plain; version=0.0.4; charset=utf-8", type(page));
    assertTrue(page.body().contains("\nmail_test_total{kind=\"a\",} 3.0\n"), page.body());
    assertTrue(page.body().contains("\njvm_threads_current "), page.body());
  }

  @Test
  void metrics_are_in_openmetrics_for_those_who_accept_it() throws Exception {
    metrics.gauge("mail_test_now", "For this test.", () -> 7);
    var page =
        send(request("/metrics").header("Accept", "application/openmetrics-text; version=1.0.0"));
    assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", type(page));
    assertTrue(page.body().contains("\nmail_test_now 7.0\n"), page.body());
    assertTrue(page.body().endsWith("# EOF\n"), page.body());
  }

  @Test
  void health_says_whether_we_live_and_whether_we_are_ready_and_why_not() throws Exception {
    assertPage(200, "{\"status\":\"live\"}", get("/health/live"));
    assertPage(200, "{\"status\":\"ready\",\"checks\":{}}", get("/health/ready"));
    health.add("kafka", () -> Health.notOk("no broker"));
    assertPage(
        503,
        "{\"status\":\"not ready\",\"checks\":{\"kafka\":{\"ok\":false,\"reason\":\"no broker\"}}}",
        get("/health/ready"));
  }

  @Test
  void other_pages_and_methods_are_refused() throws Exception {
    assertEquals(404, get("/").statusCode());
    assertEquals(404, get("/health").statusCode());
    assertEquals(404, get("/metrics/more").statusCode());
    assertEquals(405, send(request("/metrics").POST(BodyPublishers.ofString("x"))).statusCode());
  }

  @Test
  void head_is_get_without_a_body() throws Exception {
    assertPage(200, "", send(request("/health/live").HEAD()));
  }

  @Test
  void a_page_can_be_added_and_its_bugs_stay_with_us() throws Exception {
    server.handle("/mine", asked -> Pages.send(asked, 200, Pages.TEXT, "mine\n"));
    server.handle(
        "/broken",
        _ -> {
          throw new IllegalStateException("a secret of ours");
        });
    assertPage(200, "mine\n", get("/mine"));
    assertPage(500, "internal error\n", get("/broken"));
    assertEquals(1, events.stream().filter(MailEvent.Bug.class::isInstance).count());
  }

  @Test
  void a_page_hears_what_is_asked_for() throws Exception {
    server.add("/asked", query -> Page.Content.json(query.value("to").orElse("nobody")));
    assertPage(200, "a+b@example.net", get("/asked?x=&to=a+b%40example.net"));
    assertEquals("application/json", type(get("/asked")));
    assertPage(200, "nobody", get("/asked?"));
    assertPage(200, "", get("/asked?to"));
  }

  @Test
  void a_port_that_is_taken_is_said_in_a_sentence() {
    var port = server.address().port();
    var second = server(port);
    var refused = assertThrows(CannotStartException.class, second::start);
    second.close();
    assertEquals(
        "http 127.0.0.1:%d: Address already in use (see telemetry.address and telemetry.port)"
            .formatted(port),
        refused.getMessage());
  }

  private TelemetryServer server(int port) {
    return new TelemetryServer(
        new TelemetrySettings("127.0.0.1", port), metrics, health, events::add);
  }

  private void assertPage(int status, String body, HttpResponse<String> page) {
    assertEquals(body, page.body());
    assertEquals(status, page.statusCode());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
  }

  private static String type(HttpResponse<?> page) {
    return page.headers().firstValue("Content-Type").orElse("");
  }
}
