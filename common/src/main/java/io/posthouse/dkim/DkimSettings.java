package io.posthouse.dkim;

import io.posthouse.address.Domain;
import io.posthouse.config.Form;
import io.posthouse.config.Secret;
import io.posthouse.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The section `dkim`: by whose keys all roles sign, and how.
///
/// @param authors for whom a user of ours is signed for
/// @param keys in files; these come before the directory's
/// @param reloadEvery how often the files are looked at for new keys
/// @param directory whether the directory's keys sign too
/// @param directorySecret what the directory's keys are encrypted with
/// @param subdomains whether the key of a domain signs for those below it that have none
public record DkimSettings(
    SigningRules rules,
    Authors authors,
    List<KeyFile> keys,
    Duration reloadEvery,
    boolean directory,
    Optional<Secret> directorySecret,
    boolean subdomains) {
  /// Whose mail is signed of what a user sends.
  public enum Authors {
    /// What is written in the user's own name.
    OWN,
    /// All of it.
    ANY
  }

  public DkimSettings {
    keys = List.copyOf(keys);
    var names = keys.stream().map(key -> key.domain() + " " + key.selector()).toList();
    names.stream()
        .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "dkim.keys: " + name + " (expected: each domain and selector once)");
        });
  }

  /// Nobody signs.
  public static DkimSettings nobody() {
    return new DkimSettings(
        SigningRules.DEFAULT,
        Authors.OWN,
        List.of(),
        Duration.ofSeconds(30),
        false,
        Optional.empty(),
        true);
  }

  /// Where the key of a domain lies.
  ///
  /// @param domain nothing means any domain of ours that has no key of its own
  public record KeyFile(Optional<Domain> domain, String selector, Path file) {
    static KeyFile read(Settings in) {
      return new KeyFile(
          in.about("whose key it is; * for any domain of ours that has none of its own")
              .required("domain", Form.of("a domain, or *", KeyFile::domain), Optional.empty()),
          in.about("where its public half is in DNS: SELECTOR._domainkey.DOMAIN")
              .required("selector", Form.of("a selector", SigningKey::selector), "selector"),
          in.about("PEM file: the private key, RSA or Ed25519, without a password")
              .optionalPath("file")
              .orElseGet(() -> {
                in.problem("file", "missing (expected: a PEM file)");
                return Path.of("missing");
              }));
    }

    private static Optional<Domain> domain(String text) {
      return text.equals("*") ? Optional.empty() : Optional.of(new Domain(text));
    }

    /// The domain, or `*`.
    public String who() {
      return domain.map(Domain::name).orElse("*");
    }
  }

  public static DkimSettings read(Settings in) {
    return new DkimSettings(
        new SigningRules(
            in.about("which changes of the header on its way a signature outlives")
                .choice("header", Canonicalization.class, Canonicalization.RELAXED),
            in.about("which changes of the body")
                .choice("body", Canonicalization.class, Canonicalization.RELAXED),
            fields(in),
            in.about("how long a signature is good for (x=); for ever if left out")
                .optional(
                    "expires_after", Form.duration(Duration.ofHours(1), Duration.ofDays(90)))),
        in.about("a user's mail is signed if its author is one of the user's own addresses, or any")
            .choice("authors", Authors.class, Authors.OWN),
        in.sections("keys", KeyFile::read),
        in.about("how often the key files are looked at for new keys")
            .duration(
                "reload_every", Duration.ofMillis(100), Duration.ofDays(1), Duration.ofSeconds(30)),
        in.about("the directory's keys sign too, for domains without a key file")
            .bool("directory", true),
        in.about("what the directory's keys are encrypted with (WildDuck: dkim.secret)")
            .secret("directory_secret"),
        in.about("the key of a domain signs for domains below it that have none")
            .bool("subdomains", true));
  }

  private static SignedFields fields(Settings in) {
    var usual = SignedFields.DEFAULT;
    var oversigned =
        in.about("header fields that are signed, and that nobody may add on the way")
            .list("oversign", Form.matching("[!-)+-9;-~]+", "a field name"), usual.oversigned());
    var signed =
        in.about("header fields that are signed where they are; list-* is all that begin so")
            .list(
                "sign",
                Form.matching("[!-9;-~]+", "a field name, or its begin and *"),
                usual.signed());
    try {
      return new SignedFields(oversigned, signed);
    } catch (IllegalArgumentException e) {
      in.problem("oversign", String.valueOf(e.getMessage()));
      return usual;
    }
  }
}
