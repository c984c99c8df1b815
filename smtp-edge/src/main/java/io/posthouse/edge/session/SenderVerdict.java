package io.posthouse.edge.session;

import io.posthouse.message.Destination;
import java.util.Optional;

/// May mail come from this reverse-path?
public sealed interface SenderVerdict {
  /// It may.
  ///
  /// @param returnTo where a DSN would go; empty where none can or may be sent
  record Welcome(Optional<Destination> returnTo) implements SenderVerdict {}

  record Refused(Refusal refusal) implements SenderVerdict {}
}
