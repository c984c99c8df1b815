package io.posthouse.edge.wire;

import io.posthouse.edge.FrontSettings;
import io.posthouse.edge.ListenerSettings;
import io.posthouse.edge.TlsMode;
import io.posthouse.edge.session.SessionRules;
import java.util.Optional;

/// A listener with all it needs.
///
/// @param tls where TLS is offered, or there from the start
public record Listener(ListenerSettings settings, SessionRules rules, Optional<Certificates> tls) {
  public Listener {
    if (settings.tls() == TlsMode.IMPLICIT && tls.isEmpty())
      throw new IllegalArgumentException(
          "listener "
              + settings.name()
              + ": no certificate (expected: one, as TLS is there from the start)");
  }

  String name() {
    return settings.name();
  }

  FrontSettings front() {
    return settings.front();
  }

  boolean isTlsFromTheStart() {
    return settings.tls() == TlsMode.IMPLICIT;
  }
}
