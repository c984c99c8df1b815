package io.posthouse.ops.bench;

import io.posthouse.config.HostPort;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.LocalPorts;
import io.posthouse.ops.cli.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse bench accept`: how many messages a second an edge takes, and how long a client waits
/// for its 250.
@Command(
    name = "accept",
    description = "Sends mail by SMTP and prints messages/s and the wait for the 250.")
final class BenchAccept implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "The edge.",
      defaultValue = "127.0.0.1:" + LocalPorts.SMTP)
  private String server = "";

  @Option(
      names = "--sessions",
      split = ",",
      paramLabel = "N",
      description = "Sessions at once; several, for a run each.",
      defaultValue = "100")
  private List<Integer> sessions = List.of();

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages of a run.",
      defaultValue = "20000")
  private int messages;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Messages sent before, not measured.",
      defaultValue = "5000")
  private int warmUp;

  @Option(
      names = "--size",
      paramLabel = "OCTETS",
      description = "Size of a message.",
      defaultValue = "10240")
  private int size;

  @Option(
      names = "--per-connection",
      paramLabel = "N",
      description = "Messages before a session connects anew.",
      defaultValue = "1000000")
  private int perConnection;

  @Option(
      names = "--tls",
      paramLabel = "off|starttls|implicit",
      description = "Any certificate is taken.",
      defaultValue = "off")
  private LoadTls tls = LoadTls.OFF;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = {
        "Messages a second of all sessions; 0: as fast as the edge answers. A wait then counts from",
        "the moment a message was due."
      },
      defaultValue = "0")
  private int rate;

  @Option(
      names = "--idle",
      paramLabel = "N",
      description = "Sessions that do nothing meanwhile.",
      defaultValue = "0")
  private int idle;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      defaultValue = "alice@example.test",
      description = "The reverse-path.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      defaultValue = "bob@example.test",
      description = "The forward-path.")
  private String to = "";

  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    try (var _ = IdleSessions.open(where(), idle)) {
      return measureAll();
    }
  }

  private int measureAll() throws InterruptedException {
    if (warmUp > 0) load(Math.max(1, sessions.getFirst()), warmUp, 0).run();
    var table =
        new Table(
            "sessions",
            "messages",
            "refused",
            "seconds",
            "messages/s",
            "p50 ms",
            "p95 ms",
            "p99 ms");
    var refused = 0;
    for (int n : sessions) refused += measure(n, table);
    table.print(spec.commandLine().getOut(), format.chosen());
    return refused == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private int measure(int n, Table table) throws InterruptedException {
    var result = load(n, messages, rate).run();
    if (result.accepted() == 0)
      throw CommandFailed.because("nothing was accepted: " + result.firstTrouble());
    var waits = result.contentTo250();
    table.row(
        n,
        result.accepted(),
        result.refused(),
        Figures.seconds(result.took()),
        Math.round(result.perSecond()),
        Figures.millis(waits.percentile(50)),
        Figures.millis(waits.percentile(95)),
        Figures.millis(waits.percentile(99)));
    return result.refused();
  }

  private SmtpLoad load(int n, int howMany, int perSecond) {
    var mail = new SampleMail(Long.toString(System.currentTimeMillis(), 36), size);
    var manner = new SmtpLoad.Manner(perConnection, tls, perSecond);
    return new SmtpLoad(where(), n, howMany, manner, mail, from, to);
  }

  private HostPort where() {
    return HostPort.parse(server, LocalPorts.SMTP);
  }
}
