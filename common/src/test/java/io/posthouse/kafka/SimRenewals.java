package io.posthouse.kafka;

import io.posthouse.message.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Renewals by one process of the simulated cluster: content takes its time, now and then it cannot
/// be brought, and the process may be killed before and after.
///
/// @param queue of the process
record SimRenewals(SimNode node, SimQueue queue, SimFaults faults) implements Renewals {
  private static final Duration OLD = Duration.ofSeconds(10);
  private static final int LONGEST_MILLIS = 5_000;

  @Override
  public Instant due(Envelope held, Instant written) {
    return written.plus(OLD);
  }

  @Override
  public CompletionStage<Answer> begin(Envelope held) {
    var answer = new CompletableFuture<Answer>();
    var takes = Duration.ofMillis(faults.dice().nextInt(LONGEST_MILLIS));
    node.later(takes, () -> answer.complete(answer(held)));
    return answer;
  }

  private Answer answer(Envelope held) {
    return faults.dice().nextInt(10) == 0
        ? new Answer.NotNow()
        : new Answer.Brought(queue.chunk(held.queueId()));
  }
}
