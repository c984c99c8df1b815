package io.posthouse.telemetry;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.posthouse.config.HostPort;
import io.posthouse.config.TelemetrySettings;
import io.posthouse.lifecycle.CannotStartException;
import io.posthouse.lifecycle.Service;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves `/metrics`, `/health/live` and `/health/ready` over HTTP, and what else is added. Started
/// first, it stops last, so that a drain can be watched.
public final class TelemetryServer implements Service, Page.Board {
  private final TelemetrySettings settings;
  private final Events events;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  public TelemetryServer(
      TelemetrySettings settings, Metrics metrics, HealthChecks health, Events events) {
    this.settings = settings;
    this.events = events;
    this.server = unbound();
    server.setExecutor(threads);
    handle("/metrics", asked -> Pages.metrics(asked, metrics));
    handle("/health/live", asked -> Pages.send(asked, 200, Pages.JSON, "{\"status\":\"live\"}"));
    handle("/health/ready", asked -> Pages.ready(asked, health.report()));
    handle("/", asked -> Pages.send(asked, 404, Pages.TEXT, "no such page\n"));
  }

  /// Adds a page, at any time before or after the start; it gets GET and HEAD for exactly this
  /// path.
  public void handle(String path, HttpHandler page) {
    server.createContext(path, new Pages.Guard(path, page, events));
  }

  @Override
  public void add(String path, Page page) {
    handle(path, asked -> Pages.answer(asked, page));
  }

  /// Where it listens, once it has started.
  public HostPort address() {
    return new HostPort(settings.address(), server.getAddress().getPort());
  }

  @Override
  public String name() {
    return "http " + new HostPort(settings.address(), settings.port());
  }

  @Override
  public void start() {
    try {
      server.bind(new InetSocketAddress(settings.address(), settings.port()), 0);
    } catch (BindException e) {
      throw new CannotStartException(
          name() + ": " + e.getMessage() + " (see telemetry.address and telemetry.port)", e);
    } catch (IOException e) {
      throw new CannotStartException(name() + ": " + e.getMessage(), e);
    }
    server.start();
  }

  /// Answers to the end: whoever watches the drain asks here.
  @Override
  public void drain(Duration deadline) {}

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private static HttpServer unbound() {
    try {
      return HttpServer.create();
    } catch (IOException e) {
      throw new CannotStartException("http: " + e.getMessage(), e);
    }
  }
}
