package io.posthouse.kafka;

import java.time.Duration;

/// How a [TransactionalPipe] is doing.
///
/// @param moved records since the start
/// @param pending records read and not due yet
/// @param late how long after its time the latest record of the last transaction was moved
public record PipeStatus(long moved, int pending, Duration late) {
  PipeStatus after(PipeLife.Done done) {
    return new PipeStatus(moved + done.steps(), done.pending(), done.late());
  }
}
