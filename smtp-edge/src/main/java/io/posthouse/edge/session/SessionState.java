package io.posthouse.edge.session;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.ReversePath;
import io.posthouse.edge.sasl.Claim;
import io.posthouse.edge.sasl.Exchange;
import io.posthouse.message.MailParameters;
import io.posthouse.smtp.Command.Bdat;
import java.util.List;
import java.util.Optional;

/// Where a session stands. Only one [Listening] or [LoggingIn] takes another line; the others owe
/// the client a reply, or wait for content.
public sealed interface SessionState {
  /// The next line is a command.
  sealed interface Listening extends SessionState {
    Link link();
  }

  /// Somebody of ours is asked; until the answer is there nothing more is read.
  sealed interface Waiting extends SessionState {}

  /// Not greeted yet.
  record Arriving(Link link) implements Waiting {}

  /// No name said yet.
  record Connected(Link link) implements Listening {}

  /// Between transactions.
  record Ready(Peer peer) implements Listening {
    @Override
    public Link link() {
      return peer.link();
    }
  }

  /// MAIL is accepted; recipients are named.
  record Collecting(Peer peer, Transaction transaction) implements Listening {
    @Override
    public Link link() {
      return peer.link();
    }
  }

  /// Some chunks have come, the last has not.
  ///
  /// @param octets that have come with them
  /// @param spoilt why the message is not taken, whatever still comes of it
  record BetweenChunks(Peer peer, Transaction transaction, long octets, Optional<Refusal> spoilt)
      implements Listening {
    @Override
    public Link link() {
      return peer.link();
    }
  }

  /// MAIL is to be answered.
  record Vetting(Peer peer, ReversePath from, MailParameters parameters) implements Waiting {}

  /// RCPT is to be answered.
  record Resolving(Peer peer, Transaction transaction, ForwardPath to, RecipientWishes wishes)
      implements Waiting {}

  /// DATA is to be answered: is there room for content?
  record Opening(Peer peer, Transaction transaction) implements Waiting {}

  /// BDAT is to be answered, the first of its message: is there room for content? The octets of the
  /// chunk are on their way already.
  record OpeningChunk(Peer peer, Transaction transaction, Bdat chunk) implements Waiting {}

  /// Content arrives.
  record Receiving(Peer peer, Transaction transaction) implements SessionState {}

  /// A chunk arrives.
  ///
  /// @param octets of the message, this chunk included
  record TakingChunk(Peer peer, Transaction transaction, long octets, boolean last)
      implements SessionState {}

  /// A chunk arrives that nobody wants.
  ///
  /// @param said when it is gone
  record Discarding(SessionState next, List<Effect> said) implements SessionState {
    public Discarding {
      said = List.copyOf(said);
    }
  }

  /// The content is here, the 250 is not said: the message is still the client's.
  record HandingOver(Peer peer, Transaction transaction) implements Waiting {}

  /// The next line is the client's part of an AUTH exchange.
  record LoggingIn(Peer peer, Exchange exchange) implements SessionState {}

  /// AUTH is to be answered.
  record CheckingLogin(Peer peer, Claim claim) implements Waiting {}

  /// XCLIENT is to be answered.
  ///
  /// @param before where the session stays if the client cannot come in like that
  record Introducing(Listening before, Introduction introduction) implements Waiting {}

  /// The next octets are TLS.
  record Securing(Origin origin) implements Waiting {}

  /// Over. Nothing that still comes is answered.
  record Closed() implements Waiting {}
}
