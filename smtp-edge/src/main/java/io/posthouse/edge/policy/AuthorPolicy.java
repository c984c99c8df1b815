package io.posthouse.edge.policy;

import io.posthouse.directory.Account;
import io.posthouse.directory.Directory;
import io.posthouse.dkim.DkimSettings.Authors;
import io.posthouse.dkim.Signer.Permission;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.ListenerKind;

/// Whose mail is signed: what our users and the hosts of our own networks send. A user signs as
/// itself and as nobody else, so that nobody has a signature in the name of another.
public record AuthorPolicy(Directory directory, RelayPolicy relay, Authors authors) {
  /// Whether what comes here may be signed. Whoever speaks LMTP to us brings mail from outside.
  public boolean signs(Link link, ListenerKind kind) {
    return kind != ListenerKind.LMTP && relay.allows(link, link.origin().client().address());
  }

  /// As whom it may be signed; blocks on the directory when it is asked.
  public Permission permission(Link link) {
    return link.account().filter(_ -> authors == Authors.OWN).map(this::own).orElse(Permission.ANY);
  }

  private Permission own(Account account) {
    return author -> SubmissionPolicy.owns(account, directory.resolve(author));
  }
}
