package io.posthouse.delivery.security;

import io.posthouse.address.Domain;
import io.posthouse.dns.Tlsa;
import java.util.List;
import java.util.Set;

/// What a host must give us before it gets a message.
public sealed interface Security {
  /// Nothing: STARTTLS is never said.
  record Clear() implements Security {}

  /// TLS where the host offers it, whatever its certificate; in the clear where it does not, or
  /// where the handshake fails (RFC 7435).
  record Opportunistic() implements Security {}

  /// As opportunistic; where the host falls short of `Verified` with these names, that is noted and
  /// the message goes all the same (RFC 8461 §5, mode `testing`).
  ///
  /// @param names as of `Verified`
  record Testing(Set<String> names) implements Security {
    public Testing {
      names = Verified.some(names);
    }
  }

  /// TLS, whatever the certificate.
  record Encrypted() implements Security {}

  /// TLS with a certificate that an authority we trust gave to one of these names.
  ///
  /// @param names host names; `*.` in front stands for one label (RFC 6125 §6.4.3)
  record Verified(Set<String> names) implements Security {
    public Verified {
      names = some(names);
    }

    private static Set<String> some(Set<String> names) {
      if (names.isEmpty())
        throw new IllegalArgumentException("names: none (expected: at least one)");
      return Set.copyOf(names);
    }
  }

  /// TLS with a certificate that one of these records stands for (RFC 7672 §3).
  ///
  /// @param records from a zone whose signatures were checked
  /// @param base the name below which the records stand: it is what we say in SNI (RFC 7672 §8.1)
  /// @param names those that a certificate of a trust anchor may be for (RFC 7672 §3.2.3), `base`
  ///   among them
  record Dane(List<Tlsa> records, Domain base, Set<Domain> names) implements Security {
    public Dane {
      records = List.copyOf(records);
      names = Set.copyOf(names);
      if (records.isEmpty() || !names.contains(base))
        throw new IllegalArgumentException(
            "dane: " + records + ", " + names + " (expected: records, and " + base + ")");
    }
  }
}
