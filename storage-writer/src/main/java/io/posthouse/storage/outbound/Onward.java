package io.posthouse.storage.outbound;

import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.mailbox.Rules.Sequel;
import io.posthouse.storage.outbound.Forwards.Terms;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A message that goes on to its user's targets, and is answered.
///
/// @param answer empty where nobody answers
record Onward(
    Forwards forwards, Passing message, List<Target> targets, Terms terms, Optional<Sequel> answer)
    implements Sequel {
  Onward {
    targets = List.copyOf(targets);
  }

  @Override
  public void complete() throws IOException, Closed {
    for (var target : targets) forwards.send(message, target, terms);
    if (answer.isPresent()) answer.get().complete();
  }
}
