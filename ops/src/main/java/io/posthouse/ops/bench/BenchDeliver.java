package io.posthouse.ops.bench;

import io.posthouse.address.Domain;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.role.DeliverRole;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse bench deliver`: how fast a delivery worker empties a queue.
@Command(
    name = "deliver",
    description = {
      "Puts mail into topics of its own on the cluster, delivers it, and prints messages/s and how",
      "long a delivery takes. Nothing of it remains."
    })
final class BenchDeliver implements Callable<Integer> {
  @Mixin private BacklogOptions backlog = new BacklogOptions();

  @Option(
      names = "--domains",
      paramLabel = "N",
      description = "Domains the mail is for.",
      defaultValue = "100")
  private int domains;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Deliveries at a time.",
      defaultValue = "100")
  private int concurrency;

  @Option(
      names = "--sink",
      paramLabel = "HOST:PORT",
      description = "The host that takes it all, such as an smtp-sink; our own if left out.")
  private @Nullable String sink;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (sink != null) return measure(sink);
    try (var own = SmtpSink.start()) {
      return measure("127.0.0.1:" + own.address().getPort());
    }
  }

  private int measure(String host) throws Exception {
    var run = RoleBench.name();
    var bench =
        RoleBench.on(
            backlog.cluster(),
            run,
            List.of(
                "delivery.routes={\"*\": {hosts: [\"" + host + "\"]}}",
                "delivery.concurrency=" + concurrency,
                "delivery.per_destination=" + concurrency));
    var mail = new Backlog(backlog.messages(), backlog.mail(run), recipients());
    var result = bench.run(mail, DeliverRole::addTo);
    result
        .table("domains", domains, "deferred")
        .print(spec.commandLine().getOut(), backlog.format());
    return ExitCode.DONE;
  }

  private List<Recipient> recipients() {
    return IntStream.range(0, domains)
        .mapToObj("d%d.bench.test"::formatted)
        .map(name -> Backlog.recipient("x@" + name, new Destination.Remote(new Domain(name))))
        .toList();
  }
}
