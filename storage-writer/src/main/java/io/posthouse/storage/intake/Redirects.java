package io.posthouse.storage.intake;

import io.posthouse.directive.TakenPart;
import io.posthouse.directory.AddressId;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.queue.ContentStore;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.queue.Taken;
import io.posthouse.storage.mailbox.Redirector;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/// Messages for addresses that no user has, a few at a time, until they are sent on.
final class Redirects {
  private static final int AT_ONCE = 8;
  private static final Errands.Kind REDIRECT =
      new Errands.Kind("redirect", "sending a message on", "cannot be sent on");

  private final Redirector redirector;
  private final ContentStore contents;
  private final Errands errands;
  private final Undertaker undertaker;
  private final Obedience obedience;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  Redirects(
      Redirector redirector,
      ContentStore contents,
      Errands errands,
      Undertaker undertaker,
      Obedience obedience) {
    this.redirector = redirector;
    this.contents = contents;
    this.errands = errands;
    this.undertaker = undertaker;
    this.obedience = obedience;
  }

  void take(Taken taken, AddressId address) {
    errands.start(REDIRECT, taken, () -> obeyOrRedirect(taken, address));
  }

  /// It may have waited for a database; what was ordered since comes first.
  private void obeyOrRedirect(Taken taken, AddressId address)
      throws IOException, Closed, InterruptedException {
    var known = obedience.known();
    if (TakenPart.isOrdered(taken, known))
      obedience.obey(taken, known).forEach(rest -> take(rest, address));
    else redirect(taken, address);
  }

  private void redirect(Taken taken, AddressId address)
      throws IOException, Closed, InterruptedException {
    permits.acquire();
    try {
      var refused = redirector.redirect(taken.envelope(), address, message(taken.envelope()));
      if (refused.isPresent()) undertaker.buryUntilTaken(taken, refused.get());
      // It is durable in the queue for all its targets: our promise ends here.
      else taken.settle();
    } catch (ContentGone gone) {
      undertaker.buryUntilTaken(taken, String.valueOf(gone.getMessage()));
    } finally {
      permits.release();
    }
  }

  private Octets message(Envelope envelope) throws IOException {
    try (var content = contents.open(envelope.queueId(), envelope.content())) {
      return envelope.trace().then(Octets.of(content.readAllBytes()));
    }
  }
}
