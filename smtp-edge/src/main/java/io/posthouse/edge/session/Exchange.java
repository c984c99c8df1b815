package io.posthouse.edge.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// How far an AUTH exchange is (RFC 4954 §4): which of the client's lines comes next.
public sealed interface Exchange {
  /// PLAIN (RFC 4616): user name and password in one.
  record PlainResponse() implements Exchange {}

  record LoginUserName() implements Exchange {}

  record LoginPassword(String userName) implements Exchange {}

  /// What a response leads to.
  sealed interface Turn {
    record AskFor(String prompt, Exchange next) implements Turn {}

    record Complete(Credentials credentials) implements Turn {}

    /// `*` (RFC 4954 §4).
    record Cancelled() implements Turn {}

    record Unintelligible() implements Turn {}
  }

  /// The first step of a mechanism we have; a response that is not there yet is asked for.
  static Optional<Turn> begin(String mechanism, String initialResponse) {
    return switch (mechanism) {
      case "PLAIN" -> Optional.of(begin(new PlainResponse(), "", initialResponse));
      case "LOGIN" -> Optional.of(begin(new LoginUserName(), "Username:", initialResponse));
      default -> Optional.empty();
    };
  }

  /// What the client's next line means.
  default Turn hear(String base64) {
    if (base64.equals("*")) return new Turn.Cancelled();
    return decode(base64).map(this::understand).orElseGet(Turn.Unintelligible::new);
  }

  private Turn understand(String response) {
    return switch (this) {
      case PlainResponse _ -> plain(response);
      case LoginUserName _ -> new Turn.AskFor("Password:", new LoginPassword(response));
      case LoginPassword(var userName) -> new Turn.Complete(new Credentials(userName, response));
    };
  }

  private static Turn begin(Exchange first, String prompt, String initialResponse) {
    // `=` stands for a response that is there and empty.
    if (initialResponse.isEmpty()) return new Turn.AskFor(prompt, first);
    return first.hear(initialResponse.equals("=") ? "" : initialResponse);
  }

  /// authorization identity NUL user name NUL password; we act for nobody else, so the first is
  /// empty or the second.
  private static Turn plain(String message) {
    var parts = message.split("\0", -1);
    if (parts.length != 3 || parts[1].isEmpty()) return new Turn.Unintelligible();
    if (!parts[0].isEmpty() && !parts[0].equals(parts[1])) return new Turn.Unintelligible();
    return new Turn.Complete(new Credentials(parts[1], parts[2]));
  }

  private static Optional<String> decode(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
