package io.posthouse.kafka;

import io.posthouse.message.Envelope;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Of a mover that leaves what is held where it lies.
public final class NoRenewals implements Renewals {
  @Override
  public Instant due(Envelope held, Instant written) {
    return Instant.MAX;
  }

  @Override
  public CompletionStage<Answer> begin(Envelope held) {
    return CompletableFuture.completedFuture(new Answer.NotNow());
  }
}
