package io.posthouse.ops.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthouse.address.MailAddress;
import io.posthouse.config.HostPort;
import io.posthouse.delivery.explain.ExplainPage;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.Format;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// What a worker says about mail, on the page it has for that.
public record RemoteExplanation(HostPort worker) {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// Longer than the worker's own patience.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// As it is to be printed.
  ///
  /// @param sender empty for nobody
  /// @throws CommandFailed if the worker does not say
  public String of(MailAddress to, String sender, Format format) throws InterruptedException {
    var page =
        "http://%s%s?to=%s&sender=%s&format=%s"
            .formatted(worker, ExplainPage.PATH, encoded(to.toString()), encoded(sender), format);
    try (var http = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      var request = HttpRequest.newBuilder(URI.create(page)).timeout(PATIENCE).build();
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 200) return answer.body();
      throw CommandFailed.because(
          "worker " + worker + " says " + answer.statusCode() + ": " + answer.body().strip());
    } catch (IOException e) {
      throw CommandFailed.because("worker " + worker + ": " + e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
