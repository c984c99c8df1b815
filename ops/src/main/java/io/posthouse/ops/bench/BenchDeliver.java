package io.posthouse.ops.bench;

import io.posthouse.address.Domain;
import io.posthouse.config.HostPort;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Table;
import io.posthouse.ops.role.DeliverRole;
import java.util.ArrayList;
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
      names = "--dead-hosts",
      paramLabel = "N",
      description = {
        "So many of the destinations do not answer. Two lines: mail for the others alone, and with",
        "as much for the dead ones between it. Each after a first load that is not shown."
      },
      defaultValue = "0")
  private int deadHosts;

  @Option(
      names = "--sink",
      paramLabel = "HOST:PORT",
      description = "The host that takes it all, such as an smtp-sink; our own if left out.")
  private @Nullable String sink;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    expect("--destinations", destinations, 1, MOST_DESTINATIONS);
    expect("--dead-hosts", deadHosts, 0, destinations - 1);
    if (dead > 0 && deadHosts > 0) throw wrong("--dead and --dead-hosts: both (expected: one)");
    if (sink != null) return measure(sink);
    try (var own = SmtpSink.start(destinations)) {
      return measure("127.0.0.1:" + own.address().getPort());
    }
  }

  private void expect(String option, int value, int least, int most) {
    if (value < least || value > most)
      throw wrong("%s: %d (expected: %d..%d)".formatted(option, value, least, most));
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  private int measure(String host) throws Exception {
    var silent = new ArrayList<SilentHost>();
    try {
      for (int n = 1; n <= Math.max(1, deadHosts); n++) silent.add(SilentHost.start(n));
      var settings = settings(HostPort.parse(host, 25), silent);
      table(settings).print(spec.commandLine().getOut(), backlog.format());
    } finally {
      silent.forEach(SilentHost::close);
    }
    return ExitCode.DONE;
  }

  private Table table(List<String> settings) throws Exception {
    var run = RoleBench.name();
    var mail = backlog.mail(run);
    if (deadHosts > 0)
      return new DeadHostsBench(
              () -> RoleBench.on(backlog.cluster(), RoleBench.name(), settings),
              new Backlog(backlog.messages(), mail, recipients(deadHosts, destinations)),
              recipients(0, deadHosts))
          .run();
    var bench = RoleBench.on(backlog.cluster(), run, settings);
    var living = new Backlog(backlog.messages(), mail, recipients(0, destinations));
    if (dead == 0)
      return bench.run(living, DeliverRole::addTo).table("domains", domains, "deferred");
    return new DeadSiteBench(bench, living, new Backlog(dead, mail, List.of(recipient(DEAD))))
        .run();
  }

  private List<String> settings(HostPort sink, List<SilentHost> silent) {
    var routes = new StringJoiner(", ", "delivery.routes={", "}");
    routes.add(route(DEAD, silent.getFirst().address().toString()));
    for (int n = 0; n < destinations; n++) {
      var host = n < deadHosts ? silent.get(n).address() : SmtpSink.next(sink, n);
      routes.add(route("*.mx%d.bench.test".formatted(n), host.toString()));
    }
    return List.of(
        routes.toString(),
        "delivery.concurrency=" + 2 * concurrency,
        "delivery.per_destination=" + concurrency);
  }

  private static String route(String pattern, String host) {
    return "\"%s\": {hosts: [\"%s\"]}".formatted(pattern, host);
  }

  /// At the domains of these hosts.
  private List<Recipient> recipients(int firstHost, int endHost) {
    return IntStream.range(0, domains)
        .filter(n -> n % destinations >= firstHost && n % destinations < endHost)
        .mapToObj(n -> recipient("d%d.mx%d.bench.test".formatted(n, n % destinations)))
        .toList();
  }

  private static Recipient recipient(String domain) {
    return Backlog.recipient("x@" + domain, new Destination.Remote(new Domain(domain)));
  }
}
