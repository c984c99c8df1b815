package io.posthouse.delivery.conversation;

import io.posthouse.address.Domain;
import io.posthouse.delivery.security.Security;
import io.posthouse.delivery.tls.Checked;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.delivery.tls.TlsSession;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Command;
import io.posthouse.telemetry.TlsFailure;
import io.posthouse.telemetry.TlsState;
import io.posthouse.telemetry.TlsUse;
import io.posthouse.telemetry.TlsUse.Shortfall;
import java.io.IOException;
import java.util.Optional;

/// From the clear to TLS (RFC 3207), as far as the host must give it and does.
record StartTls(Line line, TlsClient tls, MxHost mx, Security security) {
  sealed interface Upgrade {
    /// The connection is protected as far as it must be; whatever was said in the clear is
    /// forgotten on both sides (RFC 3207 §4.2).
    record Done(TlsUse use) implements Upgrade {}

    /// It stays in the clear, as it may.
    record StaysClear(TlsUse use) implements Upgrade {}

    /// It may not be used.
    record TooWeak(Shortfall shortfall) implements Upgrade {}
  }

  /// @throws IOException if the connection is lost
  Upgrade perform(Capabilities host) throws IOException {
    return switch (security) {
      case Security.Clear() -> new Upgrade.StaysClear(TlsUse.CLEAR);
      case Security.Opportunistic(), Security.Testing _ -> offered(host, true);
      case Security.Encrypted(), Security.Verified _, Security.Dane _ -> offered(host, false);
    };
  }

  /// The handshake, and what it is worth.
  Upgrade shakeHands() throws IOException {
    var session = line.secure(tls, mx, serverName());
    return switch (tls.check(security, session.chain())) {
      case Checked.Good(var state) -> new Upgrade.Done(use(state, session));
      case Checked.Bad(var shortfall) when security instanceof Security.Testing ->
          new Upgrade.Done(use(TlsState.ENCRYPTED, session).with(shortfall));
      case Checked.Bad(var shortfall) -> new Upgrade.TooWeak(shortfall);
    };
  }

  private Upgrade offered(Capabilities host, boolean clearWillDo) throws IOException {
    if (!host.offers(Extension.STARTTLS)) return without("STARTTLS is not offered", clearWillDo);
    var go = line.ask(Stage.STARTTLS, new Command.StartTls());
    if (go.code() / 100 == 2) return shakeHands();
    return without("STARTTLS was answered with " + go, clearWillDo);
  }

  private static Upgrade without(String why, boolean clearWillDo) {
    var shortfall = new Shortfall(TlsFailure.STARTTLS_NOT_SUPPORTED, why);
    return clearWillDo
        ? new Upgrade.StaysClear(TlsUse.CLEAR.with(shortfall))
        : new Upgrade.TooWeak(shortfall);
  }

  private static TlsUse use(TlsState state, TlsSession session) {
    return new TlsUse(state, Optional.of(session.facts()), Optional.empty());
  }

  /// RFC 7672 §8.1 with DANE, the host's own name otherwise; a literal is no name (RFC 6066 §3).
  private Optional<Domain> serverName() {
    if (security instanceof Security.Dane dane) return Optional.of(dane.base());
    return Domain.parse(mx.name()).filter(name -> !name.isLiteral());
  }
}
