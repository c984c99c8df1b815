package io.posthouse.kafka;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/// Claims in the log of the simulated cluster.
final class SimClaims implements ClaimLog {
  private final SimLog log;
  private final TopicPartition id;
  private long position;

  SimClaims(SimLog log, String topic) {
    this.log = log;
    id = new TopicPartition(topic, 0);
  }

  @Override
  public CompletionStage<Void> write(ClaimSheet sheet) {
    log.append(
        id.topic(), sheet.member().getBytes(StandardCharsets.UTF_8), ClaimCodec.encode(sheet));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<ClaimSheet> read() {
    var sheets = new ArrayList<ClaimSheet>();
    for (; position < log.end(id); position++)
      log.at(id, position)
          .flatMap(r -> ClaimCodec.decode(new String(r.key(), StandardCharsets.UTF_8), r.value()))
          .ifPresent(sheets::add);
    return sheets;
  }

  @Override
  public void close() {}
}
