package io.posthouse.edge.session;

import io.posthouse.directory.Account;
import io.posthouse.message.Passage;
import io.posthouse.message.TlsFacts;
import java.util.Optional;

/// What is known of a connection whatever is said on it.
///
/// @param tls what was agreed on, where TLS is on
/// @param account who logged in
/// @param forwarded what the host says of where it had its next message from
public record Link(
    Origin origin, Optional<TlsFacts> tls, Optional<Account> account, Forwarded forwarded) {
  /// Of its messages nothing is said.
  public Link(Origin origin, Optional<TlsFacts> tls, Optional<Account> account) {
    this(origin, tls, account, Forwarded.NOTHING);
  }

  /// Nothing said yet, all in the clear.
  public static Link plain(Origin origin) {
    return new Link(origin, Optional.empty(), Optional.empty());
  }

  /// Nothing said yet: what was said before TLS is forgotten (RFC 3207 §4.2).
  public static Link secured(Origin origin, TlsFacts tls) {
    return new Link(origin, Optional.of(tls), Optional.empty());
  }

  /// Whether TLS is on.
  public boolean secure() {
    return tls.isPresent();
  }

  /// The name of who logged in.
  public Optional<String> user() {
    return account.map(Account::name);
  }

  /// As told in the trace and in events.
  public Passage passage() {
    return new Passage(tls, origin.name(), origin.proxy(), origin.connectionId(), forwarded.text());
  }

  Link loggedIn(Account user) {
    return new Link(origin, tls, Optional.of(user), forwarded);
  }

  Link told(Forwarded of) {
    return new Link(origin, tls, account, of);
  }
}
