package io.posthouse.kafka;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where readers tell each other what they have in hand.
interface ClaimLog extends AutoCloseable {
  /// Nobody claims anything, and nobody hears of it: for readers whose work may be repeated.
  ClaimLog NONE = new NoClaims();

  /// Returns at once; the answer comes when every reader will see the sheet, or is an exception.
  CompletionStage<Void> write(ClaimSheet sheet);

  /// What was written since the last call, by whomever and in its order. Nothing is missing that
  /// was durable before the call.
  ///
  /// @throws org.apache.kafka.common.KafkaException if the log cannot be read to its end now
  List<ClaimSheet> read();

  @Override
  void close();
}
