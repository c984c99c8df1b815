package io.posthouse.wildduck;

import io.posthouse.peers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.bson.Document;

/// WildDuck's REST interface. What is refused fails the test.
public final class RestClient {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  RestClient(int port) {
    this.port = port;
  }

  /// The answer to GET, such as of `/users`.
  public Document get(String path) {
    return json(ask(request(path).GET()));
  }

  /// The octets that GET answers with, as characters of the same number.
  public String raw(String path) {
    return ask(request(path).GET());
  }

  public Document post(String path, Document body) {
    return send("POST", path, body);
  }

  public Document put(String path, Document body) {
    return send("PUT", path, body);
  }

  public Document delete(String path) {
    return json(ask(request(path).DELETE()));
  }

  private Document send(String method, String path, Document body) {
    return json(
        ask(
            request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toJson()))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + Ports.HOST + ":" + port + path));
  }

  private String ask(HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      var response = client.send(request, BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
      if (response.statusCode() != 200)
        throw new AssertionError(request + ": " + response.statusCode() + " " + response.body());
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(request + ": interrupted", e);
    }
  }

  private static Document json(String octets) {
    return Document.parse(
        new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }
}
