package io.posthouse.ops.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Reads what a process tells over HTTP.
///
/// @param port of the process, on loopback
public record HttpProbe(int port) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /// A page as it is now.
  public HttpResponse<String> get(String path) {
    try {
      var uri = URI.create("http://127.0.0.1:" + port + path);
      var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while reading " + path, e);
    }
  }

  /// Whether the process says that it can do its work.
  public boolean isReady() {
    try {
      return get("/health/ready").statusCode() == 200;
    } catch (UncheckedIOException notListening) {
      if (notListening.getCause() instanceof ConnectException) return false;
      throw notListening;
    }
  }

  /// The sum of all series of a metric whose labels contain `labels`; 0 if there is none.
  public double metric(String name, String labels) {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(labels))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
