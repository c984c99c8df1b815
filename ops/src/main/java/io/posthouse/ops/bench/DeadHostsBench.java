package io.posthouse.ops.bench;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.message.Recipient;
import io.posthouse.ops.cli.Table;
import io.posthouse.ops.role.DeliverRole;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Whether hosts that do not answer cost the mail for all others anything: the same load alone, and
/// with mail for the dead between it.
///
/// @param benches a new one for each run
/// @param living what is measured
/// @param dead who is at hosts that do not answer
record DeadHostsBench(Benches benches, Backlog living, List<Recipient> dead) {
  /// Makes benches.
  interface Benches {
    RoleBench next() throws ConfigException, KafkaUnreachable;
  }

  Table run() throws ConfigException, KafkaUnreachable, IOException, InterruptedException {
    // The first load of a process measures its compiler.
    var _ = deliver(living);
    var table = new Table("beside", "messages", "messages/s", "p50 ms", "p99 ms", "deferred");
    addRow("nothing", deliver(living), table);
    var mixed = mixed();
    var others = mixed.messages() - living.messages();
    addRow(others + " for the dead", deliver(mixed), table);
    return table;
  }

  private Throughput deliver(Backlog backlog)
      throws ConfigException, KafkaUnreachable, IOException, InterruptedException {
    return benches.next().run(backlog, living.messages(), DeliverRole::addTo);
  }

  /// As many for the living as before, and as many for each of the dead as for each of them.
  private Backlog mixed() {
    var recipients = Stream.concat(living.recipients().stream(), dead.stream()).toList();
    var turns = living.messages() / living.recipients().size();
    return new Backlog(living.messages() + turns * dead.size(), living.mail(), recipients);
  }

  private static void addRow(String beside, Throughput result, Table table) {
    table.row(
        beside,
        result.messages(),
        Math.round(result.perSecond()),
        Figures.millis(result.each().percentile(50)),
        Figures.millis(result.each().percentile(99)),
        result.troubles());
  }
}
