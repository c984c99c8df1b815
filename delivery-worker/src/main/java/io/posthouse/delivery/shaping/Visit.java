package io.posthouse.delivery.shaping;

import io.posthouse.message.Envelope;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Reply;
import java.util.Optional;

/// One message at its site, for one attempt: what it may do there, and who is told what the site
/// does. Safe for many threads.
public interface Visit {
  /// A visit that changes nothing for those after it.
  static Visit within(Limits limits) {
    return new Visit() {
      @Override
      public Limits limits() {
        return limits;
      }

      @Override
      public void connected() {}

      @Override
      public void goesTo(MxHost mx) {}

      @Override
      public Optional<Reaction> refused(Envelope envelope, MxHost mx, Reply reply) {
        return Optional.empty();
      }
    };
  }

  /// The limits of the site.
  Limits limits();

  /// A connection was opened, or tried to.
  void connected();

  /// This address is talked to from now on, or reached for.
  void goesTo(MxHost mx);

  /// A host said no, to whatever. What the table of reactions has for the site is done by now; what
  /// it has for the recipients is in the answer.
  Optional<Reaction> refused(Envelope envelope, MxHost mx, Reply reply);
}
