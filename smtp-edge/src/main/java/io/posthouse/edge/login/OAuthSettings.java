package io.posthouse.edge.login;

import io.posthouse.config.Form;
import io.posthouse.config.Secret;
import io.posthouse.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The section `edge.auth.oauth`: where tokens are verified (RFC 7662).
///
/// @param verifier the name of a [TokenVerifier.Maker]
/// @param scopes all of which a token must have
/// @param userClaim the field of an answer that has the user's name or address
public record OAuthSettings(
    String verifier,
    URI introspection,
    String clientId,
    Secret clientSecret,
    List<String> scopes,
    String userClaim,
    Duration timeout,
    Duration cache) {
  public OAuthSettings {
    scopes = List.copyOf(scopes);
  }

  /// Nothing where no address is set.
  static Optional<OAuthSettings> read(Settings in) {
    var address =
        in.about("where tokens are verified (RFC 7662); without it, no token is taken")
            .optional("introspection_url", Form.of("a https:// address", OAuthSettings::address));
    var settings =
        new OAuthSettings(
            in.about("which verifier; introspection, or one of a plug-in")
                .string("verifier", "introspection"),
            address.orElse(URI.create("https://invalid.invalid/")),
            in.about("our own name there").optionalString("client_id").orElse(""),
            in.about("our own password there").secret("client_secret").orElse(Secret.of("")),
            in.about("scopes that a token must have, all of them").strings("scopes", List.of()),
            in.about("the field of an answer that names the user").string("user_claim", "username"),
            in.duration(
                "timeout", Duration.ofMillis(100), Duration.ofSeconds(4), Duration.ofSeconds(3)),
            in.about("how long a token that was good is not asked about again, unless it expires")
                .duration("cache", Duration.ZERO, Duration.ofHours(1), Duration.ofMinutes(1)));
    return address.map(_ -> settings);
  }

  /// Tokens are passwords: in the clear they go to this host only.
  private static URI address(String text) {
    var uri = URI.create(text);
    var host = String.valueOf(uri.getHost());
    var here = List.of("127.0.0.1", "[::1]", "localhost").contains(host);
    if ("https".equals(uri.getScheme()) || (here && "http".equals(uri.getScheme()))) return uri;
    throw new IllegalArgumentException(text);
  }
}
