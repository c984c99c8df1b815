package io.posthouse.edge.policy;

import io.posthouse.address.MailAddress;
import io.posthouse.srs.Srs;
import io.posthouse.srs.Srs.Reversed;
import java.time.InstantSource;
import java.util.Optional;

/// Mail to the rewritten senders of what we have forwarded: whom it is for.
///
/// @param srs empty where we rewrite none
public record ReturnedMail(Optional<Srs> srs, InstantSource clock) {
  /// Whether it takes the directory to know.
  boolean mayInclude(MailAddress address) {
    return includes(address, true);
  }

  /// Whether an address is a rewritten sender, of ours if of anybody.
  ///
  /// @param ours whether its domain is
  boolean includes(MailAddress address, boolean ours) {
    return srs.isPresent()
        && Srs.isRewritten(address)
        && (ours || srs.get().domain().equals(address.domain()));
  }

  /// Whom it stands for; empty where it is none of ours, or too old.
  Optional<MailAddress> sender(MailAddress address) {
    return srs.map(scheme -> scheme.reverse(address, clock.instant()))
        .flatMap(reversed ->
            switch (reversed) {
              case Reversed.Sender(var sender) -> Optional.of(sender);
              case Reversed.Expired _, Reversed.Forged _ -> Optional.empty();
            });
  }
}
