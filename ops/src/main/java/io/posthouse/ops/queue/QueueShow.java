package io.posthouse.ops.queue;

import io.posthouse.address.MailAddress;
import io.posthouse.config.ConfigException;
import io.posthouse.kafka.KafkaContentStore;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.kafka.QueueScanner;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import io.posthouse.message.Recipient;
import io.posthouse.node.Nodes;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Usage;
import io.posthouse.ops.explain.RemoteExplanation;
import io.posthouse.ops.explain.WorkerOption;
import io.posthouse.ops.replay.Retained;
import io.posthouse.queue.Found;
import io.posthouse.queue.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse queue show`.
@Command(
    name = "show",
    description = {
      "Says of one message where it is and why, whether its content is there, what was said at its"
          + " attempts, and when the next is;"
          + " and what is in its way at each node, as they said last: breakers of the hosts it was"
          + " tried at, and limits of their sites.",
      "With --worker, also its whole way as that worker sees it just now.",
      "1 where it is not in the queue: `posthouse trace` tells what became of it."
    })
final class QueueShow implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Parameters(paramLabel = "QUEUE-ID", description = "As the client was told with the 250.")
  private String id = "";

  @Mixin private WorkerOption worker = new WorkerOption();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  /// One record of the message; there is one for each destination.
  private record Copy(Found found, Envelope envelope) {}

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable, InterruptedException {
    var wanted = QueueId.parse(id).orElseThrow(() -> Usage.wrong(spec, "not a queue id: " + id));
    var copies = find(wanted);
    if (copies.isEmpty())
      throw CommandFailed.because(
          wanted
              + " is not in the queue (`posthouse trace "
              + wanted
              + "` tells what became of it)");
    var now = InstantSource.system().instant();
    var nodes = NodesHeard.read(cluster.kafka(), now, spec.commandLine().getErr());
    try (var contents = new KafkaContentStore(cluster.kafka(), 1, PATIENCE)) {
      for (var copy : copies) print(copy, Retained.in(contents, copy.envelope()), nodes, now);
    }
    return ExitCode.DONE;
  }

  private List<Copy> find(QueueId wanted) throws ConfigException, KafkaUnreachable {
    var copies = new ArrayList<Copy>();
    var queue =
        new QueueScanner(cluster.kafka()).look(EnumSet.allOf(Place.class), Optional.of(wanted));
    try (var progress = new ScanProgress(spec.commandLine().getErr())) {
      queue.show(
          found -> {
            QueueList.envelope(found)
                .filter(envelope -> envelope.queueId().equals(wanted))
                .ifPresent(envelope -> copies.add(new Copy(found, envelope)));
            return true;
          },
          progress);
    }
    return copies;
  }

  private void print(Copy copy, String retained, Nodes nodes, Instant now)
      throws InterruptedException {
    var out = spec.commandLine().getOut();
    MessageCard.whole(copy.found(), copy.envelope(), retained, nodes, now)
        .print(out, format.chosen());
    var asked = worker.chosen();
    if (asked.isPresent()) {
      for (var to : copy.envelope().recipients())
        if (to.destination() instanceof Destination.Remote) {
          out.print(way(asked.get(), to, copy.envelope()));
          break; // One record is for one destination.
        }
    }
    out.flush();
  }

  private String way(RemoteExplanation asked, Recipient to, Envelope envelope)
      throws InterruptedException {
    var sender = envelope.reversePath().sender().map(MailAddress::toString).orElse("");
    return asked.of(to.address(), sender, format.chosen());
  }
}
