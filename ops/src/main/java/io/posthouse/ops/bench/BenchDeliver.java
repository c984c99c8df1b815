package io.posthouse.ops.bench;

import io.posthouse.address.Domain;
import io.posthouse.config.HostPort;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Table;
import io.posthouse.ops.role.DeliverRole;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `posthouse bench deliver`: how fast a delivery worker empties a queue.
@Command(
    name = "deliver",
    description = {
      "Puts mail into topics of its own on the cluster, delivers it, and prints messages/s and how",
      "long a delivery takes. Nothing of it remains."
    })
final class BenchDeliver implements Callable<Integer> {
  private static final String DEAD = "dead.bench.test";
  private static final int MOST_DESTINATIONS = 250;

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
      names = "--destinations",
      paramLabel = "N",
      description = {
        "MX hosts that share the domains, each at an address of its own: loopback, counted up from",
        "127.0.0.1. An own sink must listen at all of them."
      },
      defaultValue = "1")
  private int destinations;

  @Option(
      names = "--dead",
      paramLabel = "N",
      description = {
        "Messages for a host that does not answer. The others are delivered before these are"
            + " there,",
        "and again when they were deferred: two lines."
      },
      defaultValue = "0")
  private int dead;

  @Option(
      names = "--sink",
      paramLabel = "HOST:PORT",
      description = "The host that takes it all, such as an smtp-sink; our own if left out.")
  private @Nullable String sink;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (destinations < 1 || destinations > MOST_DESTINATIONS)
      throw new ParameterException(
          spec.commandLine(), "--destinations: " + destinations + " (expected: 1..250)");
    if (sink != null) return measure(sink);
    try (var own = SmtpSink.start(destinations)) {
      return measure("127.0.0.1:" + own.address().getPort());
    }
  }

  private int measure(String host) throws Exception {
    try (var silent = SilentHost.start()) {
      var run = RoleBench.name();
      var bench = RoleBench.on(backlog.cluster(), run, settings(HostPort.parse(host, 25), silent));
      var mail = new Backlog(backlog.messages(), backlog.mail(run), recipients());
      table(bench, run, mail).print(spec.commandLine().getOut(), backlog.format());
    }
    return ExitCode.DONE;
  }

  private Table table(RoleBench bench, String run, Backlog mail) throws Exception {
    if (dead == 0) return bench.run(mail, DeliverRole::addTo).table("domains", domains, "deferred");
    var nobody = List.of(recipient(DEAD));
    return new DeadSiteBench(bench, mail, new Backlog(dead, backlog.mail(run), nobody)).run();
  }

  private List<String> settings(HostPort sink, SilentHost silent) {
    var routes = new StringJoiner(", ", "delivery.routes={", "}");
    routes.add(route(DEAD, silent.address().toString()));
    for (int n = 0; n < destinations; n++)
      routes.add(route("*.mx%d.bench.test".formatted(n), SmtpSink.next(sink, n).toString()));
    return List.of(
        routes.toString(),
        "delivery.concurrency=" + 2 * concurrency,
        "delivery.per_destination=" + concurrency);
  }

  private static String route(String pattern, String host) {
    return "\"%s\": {hosts: [\"%s\"]}".formatted(pattern, host);
  }

  private List<Recipient> recipients() {
    return IntStream.range(0, domains)
        .mapToObj(n -> recipient("d%d.mx%d.bench.test".formatted(n, n % destinations)))
        .toList();
  }

  private static Recipient recipient(String domain) {
    return Backlog.recipient("x@" + domain, new Destination.Remote(new Domain(domain)));
  }
}
