package io.posthouse.dkim;

import io.posthouse.address.Domain;
import java.util.List;

/// The keys that sign for domains. May block.
public interface SigningKeys {
  /// No keys at all.
  SigningKeys NONE =
      new SigningKeys() {
        @Override
        public Found of(Domain domain) {
          return new Found.NoKey();
        }

        @Override
        public Found ofAnyDomain() {
          return new Found.NoKey();
        }
      };

  /// The keys of exactly this domain.
  Found of(Domain domain);

  /// The keys for domains of ours that have none of their own.
  Found ofAnyDomain();

  /// These where they have something to say about a domain, else the others.
  default SigningKeys orElse(SigningKeys others) {
    var first = this;
    return new SigningKeys() {
      @Override
      public Found of(Domain domain) {
        return first.of(domain) instanceof Found.Keys found ? found : others.of(domain);
      }

      @Override
      public Found ofAnyDomain() {
        return first.ofAnyDomain() instanceof Found.Keys found ? found : others.ofAnyDomain();
      }
    };
  }

  sealed interface Found {
    /// One signature is made with each.
    record Keys(List<SigningKey> keys) implements Found {
      public Keys {
        keys = List.copyOf(keys);
        if (keys.isEmpty())
          throw new IllegalArgumentException("keys: none (expected: at least one)");
      }
    }

    /// Nobody signs for it.
    record NoKey() implements Found {}

    /// There is one, and it cannot be used until somebody mends it.
    record Unusable(String why) implements Found {}

    /// Nobody could be asked: says nothing about the domain.
    record Unavailable(String why) implements Found {}
  }
}
