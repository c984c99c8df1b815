package io.posthouse.edge.session;

import io.posthouse.message.Destination;
import io.posthouse.telemetry.Checked;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// May mail come from this reverse-path?
public sealed interface SenderVerdict {
  /// It may.
  ///
  /// @param returnTo where a DSN would go; empty where none can or may be sent
  /// @param checks what those said that looked at it
  record Welcome(Optional<Destination> returnTo, List<Checked> checks) implements SenderVerdict {
    public Welcome {
      checks = List.copyOf(checks);
    }

    /// None had to look at it.
    public Welcome(Optional<Destination> returnTo) {
      this(returnTo, List.of());
    }

    /// Another one has looked at it.
    public Welcome and(Checked check) {
      return new Welcome(returnTo, Stream.concat(checks.stream(), Stream.of(check)).toList());
    }
  }

  record Refused(Refusal refusal) implements SenderVerdict {}
}
