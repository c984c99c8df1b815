package io.posthouse.directory;

import io.posthouse.address.MailAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// Where mail is sent on to: a mail address, or a host that takes it whoever it is for.
///
/// @param value the address, or the URL of the host
public record ForwardTarget(Kind kind, String value) {
  private static final Set<String> RELAYS = Set.of("smtp", "smtps");

  public enum Kind {
    MAIL,
    RELAY,
    /// Known to WildDuck; we show it and make none.
    HTTP
  }

  /// The target in `text`.
  ///
  /// @throws IllegalArgumentException if it is neither an address nor `smtp://HOST`
  public static ForwardTarget of(String text) {
    if (isRelay(text)) return new ForwardTarget(Kind.RELAY, text);
    return MailAddress.parse(text)
        .map(address -> new ForwardTarget(Kind.MAIL, address.toString()))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "forward target: " + text + " (expected: a mail address or smtp://HOST[:PORT])"));
  }

  private static boolean isRelay(String text) {
    try {
      var url = URI.create(text);
      return url.getScheme() != null
          && RELAYS.contains(url.getScheme().toLowerCase(Locale.ROOT))
          && url.getHost() != null;
    } catch (IllegalArgumentException noUrl) {
      return false;
    }
  }
}
