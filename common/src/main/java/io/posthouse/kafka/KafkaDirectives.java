package io.posthouse.kafka;

import io.posthouse.directive.Directive;
import io.posthouse.directive.DirectiveTable;
import io.posthouse.directive.Directives;
import io.posthouse.directive.HeardDirectives;
import io.posthouse.lifecycle.Service;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.telemetry.Metrics;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The directives of a cluster, in the topic `control`. The number of one is its offset there, so
/// all nodes have them in the same order.
public final class KafkaDirectives implements DirectiveTable, Service {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaDirectives.class);

  private final KafkaTable table;
  private final Object news = new Object();
  private final HeardDirectives heard = new HeardDirectives();

  public KafkaDirectives(KafkaCluster cluster) {
    table = new KafkaTable(cluster, cluster.topics().control(), new Hearing());
  }

  /// For a command: begins to hear of them, or says why it cannot.
  public static KafkaDirectives listen(KafkaCluster cluster) throws KafkaUnreachable {
    Inquiry.expect(cluster, cluster.topics().control());
    var directives = new KafkaDirectives(cluster);
    directives.start();
    return directives;
  }

  /// All there are now.
  public static Directives read(KafkaCluster cluster) throws KafkaUnreachable {
    var directives = listen(cluster);
    try {
      var trouble = directives.trouble();
      if (trouble.isPresent())
        throw new KafkaUnreachable(cluster, new KafkaException(trouble.get()));
      return directives.known();
    } finally {
      directives.close();
    }
  }

  @Override
  public String name() {
    return "directives";
  }

  @Override
  public void start() {
    table.start();
  }

  /// Why they are not all known; empty once they are.
  public Optional<String> trouble() {
    return table.trouble();
  }

  /// Those we have heard of.
  public Directives known() {
    return heard.all();
  }

  /// Shows how many there are among the metrics of the process.
  public void showIn(Metrics metrics) {
    metrics.gauge("mail_directives_known", "Directives known.", () -> known().inOrder().size());
  }

  @Override
  public Directives now() throws InterruptedException {
    table.awaitRead();
    return known();
  }

  /// Waits for one to be heard of; false where it is not in time.
  public boolean await(Directive directive, Duration patience) throws InterruptedException {
    var deadline = System.nanoTime() + patience.toNanos();
    synchronized (news) {
      while (known().find(directive.id()).isEmpty()) {
        var left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) return false;
        news.wait(left.toMillis() + 1);
      }
    }
    return true;
  }

  /// Gives one. Whether it was taken shows when it is heard of.
  public void give(Directive directive) {
    table.put(directive.id(), DirectiveCodec.encode(directive));
  }

  /// Has all forget one that can touch nothing any longer ([ForgetPlan]).
  void forget(Directive directive) {
    table.remove(directive.id());
  }

  @Override
  public void drain(Duration deadline) {
    table.drain(deadline);
  }

  @Override
  public void close() {
    table.close();
  }

  private final class Hearing implements KafkaTable.Reader {
    @Override
    public void read(long number, String key, byte[] value) {
      try {
        heard.hear(number, DirectiveCodec.decode(value));
      } catch (MalformedRecord e) {
        LOG.warn("directive {} is left alone, nobody here understands it: {}", key, e.getMessage());
        return;
      }
      synchronized (news) {
        news.notifyAll();
      }
    }

    @Override
    public void forget(String key) {
      heard.forget(key);
    }
  }
}
