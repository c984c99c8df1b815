package io.posthouse.dkim;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Directory;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.dkim.SigningKeys.Found;
import java.util.Optional;

/// Finds who signs for an author: its domain or, where that has no key, the nearest domain above it
/// that has one, which DMARC takes as well (RFC 7489 §3.1.1), or the keys for any domain of ours.
///
/// @param subdomains whether domains sign for those below them
/// @param ours which domains are ours
public record Keyring(SigningKeys keys, boolean subdomains, OurDomains ours) {
  private static final String ANYBODY = "postmaster";

  /// Knows which domains are ours. May block.
  @FunctionalInterface
  public interface OurDomains {
    /// Those of the directory.
    static OurDomains of(Directory directory) {
      return domain ->
          switch (directory.resolve(new MailAddress(ANYBODY, domain))) {
            case Resolution.NotLocal _ -> Optional.of(false);
            case Resolution.Unavailable _ -> Optional.empty();
            case Resolution.LocalUser _,
                Resolution.Forwarded _,
                Resolution.Closed _,
                Resolution.NoSuchUser _,
                Resolution.Disabled _,
                Resolution.OverQuota _ ->
                Optional.of(true);
          };
    }

    /// Whether this is one of them; empty where nobody could be asked.
    Optional<Boolean> include(Domain domain);
  }

  /// Who signs.
  sealed interface Signatory {
    /// A domain, with these keys of it.
    record Signs(Domain domain, Found.Keys with) implements Signatory {}

    /// None, for `found` says why not.
    record Nobody(Found found) implements Signatory {}
  }

  /// Who signs for authors of a domain. May block.
  Signatory of(Domain author) {
    var above = Optional.of(author);
    while (above.isPresent()) {
      switch (keys.of(above.get())) {
        case Found.Keys found -> {
          return new Signatory.Signs(above.get(), found);
        }
        case Found.NoKey _ -> above = subdomains ? parent(above.get()) : Optional.empty();
        case Found.Unusable unusable -> {
          return new Signatory.Nobody(unusable);
        }
        case Found.Unavailable unavailable -> {
          return new Signatory.Nobody(unavailable);
        }
      }
    }
    return byKeysOfAny(author);
  }

  private Signatory byKeysOfAny(Domain author) {
    var found = keys.ofAnyDomain();
    if (!(found instanceof Found.Keys any)) return new Signatory.Nobody(found);
    return ours.include(author)
        .<Signatory>map(include ->
            include ? new Signatory.Signs(author, any) : new Signatory.Nobody(new Found.NoKey()))
        .orElseGet(
            () -> new Signatory.Nobody(new Found.Unavailable("the directory cannot be asked")));
  }

  /// Never a top-level domain.
  private static Optional<Domain> parent(Domain domain) {
    if (domain.isLiteral()) return Optional.empty();
    var dot = domain.name().indexOf('.');
    var rest = domain.name().substring(dot + 1);
    return dot > 0 && rest.contains(".") ? Optional.of(new Domain(rest)) : Optional.empty();
  }
}
