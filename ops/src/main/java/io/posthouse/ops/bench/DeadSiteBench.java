package io.posthouse.ops.bench;

import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.Table;
import io.posthouse.ops.role.DeliverRole;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Whether mail for a site that does not answer costs the mail for all others anything: the same
/// load is delivered before the dead mail comes, and again when there were as many deferrals as it
/// has messages.
///
/// @param others what is measured
/// @param dead for hosts that do not answer, all at one domain that none of the others is for
record DeadSiteBench(RoleBench bench, Backlog others, Backlog dead) {
  private static final long MIB = 1024 * 1024;
  private static final int LONGEST_SILENCE_S = 120;

  Table run() throws KafkaUnreachable, IOException, InterruptedException {
    var watch = new Watch(dead);
    return bench.beside(watch, DeliverRole::addTo, () -> measure(watch));
  }

  private Table measure(Watch watch) throws InterruptedException {
    // The first load of a process measures its compiler.
    var _ = deliver(watch);
    var table =
        new Table("beside", "messages", "messages/s", "p50 ms", "p99 ms", "deferrals", "heap MiB");
    addRow("nothing", watch, table);
    bench.put(dead);
    watch.awaitDeferrals();
    addRow(dead.messages() + " deferred", watch, table);
    return table;
  }

  private void addRow(String beside, Watch watch, Table table) throws InterruptedException {
    var before = watch.deferrals();
    var result = deliver(watch);
    table.row(
        beside,
        result.messages(),
        Math.round(result.perSecond()),
        Figures.millis(result.each().percentile(50)),
        Figures.millis(result.each().percentile(99)),
        watch.deferrals() - before,
        heapMib());
  }

  private Throughput deliver(Watch watch) throws InterruptedException {
    var load = new RoleWatch(others.messages(), System::nanoTime);
    watch.others = load;
    bench.put(others);
    return load.await();
  }

  /// What is in use, garbage apart.
  private static long heapMib() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
  }

  /// Tells the dead from the others.
  private static final class Watch implements Events {
    private final String deadDomain;
    private final CountDownLatch allDeferred;
    private final LongAdder deferrals = new LongAdder();
    private volatile Events others = _ -> {};

    Watch(Backlog dead) {
      this.deadDomain = dead.recipients().getFirst().address().domain().name();
      this.allDeferred = new CountDownLatch(dead.messages());
    }

    @Override
    public void record(MailEvent event) {
      if (event instanceof MailEvent.Deferred e && e.to().domain().name().equals(deadDomain)) {
        deferrals.increment();
        allDeferred.countDown();
      } else {
        others.record(event);
      }
    }

    long deferrals() {
      return deferrals.sum();
    }

    void awaitDeferrals() throws InterruptedException {
      for (long before = -1; !allDeferred.await(LONGEST_SILENCE_S, TimeUnit.SECONDS); ) {
        if (deferrals() == before)
          throw CommandFailed.because("nothing happens after %d deferrals".formatted(before));
        before = deferrals();
      }
    }
  }
}
