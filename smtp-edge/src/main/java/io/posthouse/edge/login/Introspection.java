package io.posthouse.edge.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.posthouse.directory.ScramKeys;
import io.posthouse.message.Octets;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.json.JsonParseException;

/// Asks the authorization server about each token (RFC 7662), and remembers for a while which were
/// good: never for longer than they are, and none that were bad.
final class Introspection implements TokenVerifier {
  private static final int MOST_REMEMBERED = 10_000;
  private static final int OK = 200;

  private final OAuthSettings settings;
  private final InstantSource clock;
  private final HttpClient http;
  private final Cache<Octets, Remembered> remembered =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  private record Remembered(Verdict.Good verdict, Instant until) {}

  Introspection(OAuthSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Verdict verify(String token) {
    var key = ScramKeys.sha256(Octets.utf8(token));
    var known = remembered.getIfPresent(key);
    if (known != null && clock.instant().isBefore(known.until())) return known.verdict();
    try {
      var response = http.send(request(token), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK)
        return new Verdict.Unknown("introspection: HTTP " + response.statusCode());
      return verdict(key, Document.parse(response.body()));
    } catch (IOException | JsonParseException e) {
      return new Verdict.Unknown("introspection: " + e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Verdict.Unknown("introspection: interrupted");
    }
  }

  private HttpRequest request(String token) {
    var form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(settings.introspection())
            .timeout(settings.timeout())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form + "&token_type_hint=access_token"));
    if (!settings.clientId().isEmpty()) request.header("Authorization", basic());
    return request.build();
  }

  /// RFC 6749 §2.3.1: both are form-encoded first.
  private String basic() {
    var id = URLEncoder.encode(settings.clientId(), StandardCharsets.UTF_8);
    var secret = URLEncoder.encode(settings.clientSecret().text(), StandardCharsets.UTF_8);
    var both = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private Verdict verdict(Octets key, Document answer) {
    var now = clock.instant();
    var ends = answer.get("exp") instanceof Number at ? instant(at) : Instant.MAX;
    var starts = answer.get("nbf") instanceof Number at ? instant(at) : Instant.MIN;
    var user = userIn(answer);
    if (!Boolean.TRUE.equals(answer.get("active"))) return new Verdict.Bad();
    if (!now.isBefore(ends) || now.isBefore(starts) || user.isEmpty()) return new Verdict.Bad();
    var good = new Verdict.Good(user.get(), scopes(answer));
    remember(key, good, now, ends);
    return good;
  }

  private void remember(Octets key, Verdict.Good good, Instant now, Instant ends) {
    var until = now.plus(settings.cache());
    remembered.put(key, new Remembered(good, until.isBefore(ends) ? until : ends));
  }

  private Optional<String> userIn(Document answer) {
    return answer.get(settings.userClaim()) instanceof String user && !user.isBlank()
        ? Optional.of(user)
        : Optional.empty();
  }

  private static Set<String> scopes(Document answer) {
    return answer.get("scope") instanceof String scopes && !scopes.isBlank()
        ? Set.copyOf(List.of(scopes.strip().split(" +")))
        : Set.of();
  }

  private static Instant instant(Number seconds) {
    return Instant.ofEpochSecond(
        Math.clamp(seconds.longValue(), 0, Duration.ofDays(1_000_000).toSeconds()));
  }
}
