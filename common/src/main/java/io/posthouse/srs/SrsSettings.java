package io.posthouse.srs;

import io.posthouse.address.Domain;
import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import java.util.Optional;

/// The section `srs`: how all roles rewrite the senders of forwarded mail, and read what comes
/// back.
///
/// @param srs empty where senders are left as they are
public record SrsSettings(Optional<Srs> srs) {
  public static SrsSettings read(Settings in) {
    var secret =
        in.about("rewrites senders of forwarded mail; the same in ZoneMTA and WildDuck")
            .secret("secret");
    var domain =
        in.about("of ours, with an MX record and SPF for our hosts: rewritten senders are in it")
            .optional("domain", Form.of("a domain", Domain::new));
    if (secret.isPresent() != domain.isPresent())
      in.problem(
          secret.isPresent() ? "domain" : "secret",
          "missing (expected: srs.secret and srs.domain)");
    if (secret.filter(given -> given.text().isEmpty()).isPresent())
      in.problem("secret", "empty (expected: a secret)");
    return new SrsSettings(
        secret
            .filter(given -> !given.text().isEmpty())
            .flatMap(given -> domain.map(ours -> new Srs(given, ours))));
  }
}
