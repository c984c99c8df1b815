package io.posthouse.delivery.sts.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.posthouse.address.Domain;
import io.posthouse.delivery.sts.CachedPolicies;
import io.posthouse.delivery.sts.KnownPolicy;
import io.posthouse.delivery.sts.PolicyMemory;
import io.posthouse.kafka.KafkaCluster;
import io.posthouse.kafka.KafkaTable;
import io.posthouse.lifecycle.Service;
import io.posthouse.queue.record.StsPolicyRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Policies that all workers share and that outlive them, in the topic `tls_policies`. Nobody is
/// said to have none before all of it was read.
public final class KafkaPolicies implements PolicyMemory, Service {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPolicies.class);

  private final CachedPolicies known = new CachedPolicies();
  private final KafkaTable table;

  public KafkaPolicies(KafkaCluster cluster) {
    this.table = new KafkaTable(cluster, cluster.topics().tlsPolicies(), this::read);
  }

  @Override
  public Optional<String> trouble() {
    return table.trouble();
  }

  @Override
  public Optional<KnownPolicy> policy(Domain domain) {
    return known.policy(domain);
  }

  @Override
  public void remember(Domain domain, KnownPolicy policy) {
    known.remember(domain, policy);
    var record =
        StsPolicyRecord.newBuilder()
            .setId(policy.id())
            .setText(policy.text())
            .setFetched(policy.fetched().toEpochMilli());
    table.put(domain.name(), record.build().toByteArray());
  }

  @Override
  public String name() {
    return "tls policies";
  }

  @Override
  public void start() {
    table.start();
  }

  @Override
  public void drain(Duration deadline) {
    table.drain(deadline);
  }

  @Override
  public void close() {
    table.close();
  }

  /// What a later release writes and we do not understand is fetched again when it is needed.
  private void read(long offset, String domain, byte[] value) {
    try {
      var record = StsPolicyRecord.parseFrom(value);
      var fetched = Instant.ofEpochMilli(record.getFetched());
      known.remember(new Domain(domain), KnownPolicy.of(record.getId(), record.getText(), fetched));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      LOG.warn("the policy of {} in Kafka is none: {}", domain, e.getMessage());
    }
  }
}
