package io.posthouse.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the pages of [TelemetryServer] have in common, and those it always has.
final class Pages {
  static final String JSON = Page.Content.JSON;
  static final String TEXT = Page.Content.TEXT;

  private Pages() {}

  /// The Prometheus text format, or OpenMetrics for those who accept it.
  static void metrics(HttpExchange exchange, Metrics metrics) throws IOException {
    @Nullable String accepted = exchange.getRequestHeaders().getFirst("Accept");
    var format = TextFormat.chooseContentType(accepted);
    var text = new StringWriter();
    TextFormat.writeFormat(format, text, metrics.registry().metricFamilySamples());
    send(exchange, 200, format, text.toString());
  }

  static void ready(HttpExchange exchange, HealthChecks.Report report) throws IOException {
    send(exchange, report.isReady() ? 200 : 503, JSON, report.json());
  }

  static void answer(HttpExchange exchange, Page page) throws IOException {
    var query = Query.parse(exchange.getRequestURI().getRawQuery());
    var content = query.map(page::answer).orElseGet(() -> Page.Content.text(400, "not a query\n"));
    send(exchange, content.status(), content.type(), content.text());
  }

  static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
    var body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /// Lets a page see only what is meant for it, and nobody see what goes wrong inside.
  ///
  /// @param path the server matches beginnings of paths, we mean all of it
  record Guard(String path, HttpHandler page, Events events) implements HttpHandler {

    @Override
    public void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        answer(exchange);
      }
    }

    private void answer(HttpExchange exchange) throws IOException {
      try {
        if (!isRead(exchange)) send(exchange, 405, TEXT, "GET and HEAD only\n");
        else if (!isMine(exchange)) send(exchange, 404, TEXT, "no such page\n");
        else page.handle(exchange);
      } catch (RuntimeException e) {
        events.record(new MailEvent.Bug(Optional.empty(), "serving " + path, e));
        // What was sent so far cannot be taken back; if nothing was, the client hears a 500.
        if (exchange.getResponseCode() < 0) send(exchange, 500, TEXT, "internal error\n");
      }
    }

    private static boolean isRead(HttpExchange exchange) {
      return exchange.getRequestMethod().equals("GET")
          || exchange.getRequestMethod().equals("HEAD");
    }

    private boolean isMine(HttpExchange exchange) {
      return path.equals("/") || exchange.getRequestURI().getPath().equals(path);
    }
  }
}
