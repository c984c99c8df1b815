package io.posthouse.edge.limits;

import io.posthouse.edge.limits.FairUse.Admission;
import io.posthouse.edge.session.Refusal;
import io.posthouse.telemetry.Checked;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one session counts as, from when we know who the client is; a proxy may name another later.
/// For one thread.
public final class Place {
  private static final List<Checked> ENTERED =
      Stream.of("connections", "connection_rate", "error_rate").map(Checked::passed).toList();
  private static final List<Checked> COUNTED =
      Stream.concat(
              ENTERED.stream(), Stream.of("message_rate", "recipient_rate").map(Checked::passed))
          .toList();

  private final FairUse fairUse;
  private Visitor visitor = Visitor.UNCOUNTED;

  Place(FairUse fairUse) {
    this.fairUse = fairUse;
  }

  /// The client is this one, whoever it was before.
  ///
  /// @return why it cannot come in, if it cannot
  public Optional<Refusal> take(InetAddress client) {
    leave();
    return switch (fairUse.enter(client)) {
      case Admission.Welcome(var newcomer) -> {
        visitor = newcomer;
        yield Optional.empty();
      }
      case Admission.Turned(var refusal) -> Optional.of(refusal);
    };
  }

  /// Counts a message that begins.
  ///
  /// @return why it may not, if it may not
  public Optional<Refusal> message() {
    return visitor.message();
  }

  /// Counts a recipient that is named.
  ///
  /// @return why it may not be, if it may not
  public Optional<Refusal> recipient() {
    return visitor.recipient();
  }

  /// What a message that begins has passed, and its recipients.
  ///
  /// @param ofUser whether it is a user's, who has limits of its own
  public List<Checked> passed(boolean ofUser) {
    if (!visitor.isCounted()) return List.of();
    return ofUser ? ENTERED : COUNTED;
  }

  /// Counts a command or a recipient that was refused for good.
  public void erred() {
    visitor.erred();
  }

  /// The client has gone.
  public void leave() {
    visitor.leave();
    visitor = Visitor.UNCOUNTED;
  }
}
