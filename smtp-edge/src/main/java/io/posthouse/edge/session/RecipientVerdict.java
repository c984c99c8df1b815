package io.posthouse.edge.session;

import io.posthouse.message.Recipient;
import io.posthouse.telemetry.Checked;
import java.util.List;
import java.util.stream.Stream;

/// May mail go to this forward-path?
public sealed interface RecipientVerdict {
  /// It may.
  ///
  /// @param checks what those said that looked at it
  record Accepted(Recipient recipient, List<Checked> checks) implements RecipientVerdict {
    public Accepted {
      checks = List.copyOf(checks);
    }

    /// Another one has looked at it.
    public Accepted and(Checked check) {
      return new Accepted(recipient, Stream.concat(checks.stream(), Stream.of(check)).toList());
    }
  }

  record Refused(Refusal refusal) implements RecipientVerdict {}
}
