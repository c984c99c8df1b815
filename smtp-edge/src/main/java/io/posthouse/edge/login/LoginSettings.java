package io.posthouse.edge.login;

import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import io.posthouse.smtp.SaslMechanism;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The section `edge.auth`.
///
/// @param mechanisms what is offered, in this order
public record LoginSettings(
    List<SaslMechanism> mechanisms, GuessingLimits guessing, Optional<OAuthSettings> oauth) {
  private static final List<SaslMechanism> BY_DEFAULT =
      List.of(SaslMechanism.PLAIN, SaslMechanism.LOGIN, SaslMechanism.SCRAM_SHA_256);

  public LoginSettings {
    mechanisms = List.copyOf(mechanisms);
  }

  public static LoginSettings read(Settings in) {
    var oauth = OAuthSettings.read(in.section("oauth"));
    return new LoginSettings(
        in.about("ways to log in with a password; tokens are taken where oauth is set")
            .list("mechanisms", passwordMechanism(), BY_DEFAULT),
        GuessingLimits.read(in.section("guessing")),
        oauth);
  }

  /// What is offered where tokens can be verified, too.
  public List<SaslMechanism> offered() {
    if (oauth.isEmpty()) return mechanisms;
    var tokens = List.of(SaslMechanism.XOAUTH2, SaslMechanism.OAUTHBEARER);
    return Stream.concat(mechanisms.stream(), tokens.stream()).toList();
  }

  private static Form<SaslMechanism> passwordMechanism() {
    var words = BY_DEFAULT.stream().map(LoginSettings::word).toList();
    return new Form<>(
        "one of " + String.join(", ", words),
        text ->
            BY_DEFAULT.stream()
                .filter(mechanism -> word(mechanism).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text)),
        LoginSettings::word,
        words);
  }

  private static String word(SaslMechanism mechanism) {
    return mechanism.wireName().toLowerCase(Locale.ROOT);
  }

  /// How many wrong passwords are borne, and from whom. 0: any number.
  ///
  /// @param perNetwork from an IPv4 /24 or an IPv6 /64
  /// @param perUser for a name, from anywhere
  /// @param perPair for a name, from a network
  public record GuessingLimits(int perNetwork, int perUser, int perPair, Duration window) {
    static GuessingLimits read(Settings in) {
      return new GuessingLimits(
          in.about("wrong logins of a network, an IPv4 /24 or an IPv6 /64; 0: any number")
              .integer("per_network", 0, 1_000_000, 50),
          in.about("wrong logins with a user name, but from where it has logged in lately; 0: any")
              .integer("per_user", 0, 1_000_000, 50),
          in.about("wrong logins with a user name from a network; 0: any number")
              .integer("per_pair", 0, 1_000_000, 15),
          in.about("over which they are counted, and after which all is forgotten")
              .duration(
                  "window", Duration.ofSeconds(10), Duration.ofHours(24), Duration.ofMinutes(15)));
    }
  }
}
