package io.posthouse.ops.explain;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.config.ConfigException;
import io.posthouse.config.HostPort;
import io.posthouse.delivery.RoadMaps;
import io.posthouse.delivery.explain.Explainer;
import io.posthouse.delivery.explain.Explanation;
import io.posthouse.delivery.sts.CachedPolicies;
import io.posthouse.delivery.sts.Fetch;
import io.posthouse.dnsjava.DnsjavaDns;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Usage;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse explain delivery`.
@Command(
    name = "delivery",
    description = {
      "Where mail for an address would go: the route and whose word it is, each host with its"
          + " addresses and what it must give us, and the limits of the site.",
      "Asks the DNS and policy hosts from here, by these settings; with --worker it is the worker"
          + " that does, and it tells what it leaves alone or holds back just now. Nobody is sent"
          + " anything. Ends with 0 for mail that cannot be delivered, too."
    })
final class ExplainDelivery implements Callable<Integer> {
  @Parameters(paramLabel = "ADDRESS", description = "Whom the mail is for.")
  private String to = "";

  @Option(
      names = "--sender",
      paramLabel = "ADDRESS",
      description = "Whom the mail is from. Without it, or with <>: nobody, as with a DSN.")
  private String sender = "";

  @Mixin private WorkerOption worker = new WorkerOption();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, InterruptedException {
    var recipient = address(to);
    var path = sender.isEmpty() || sender.equals("<>") ? "" : address(sender).toString();
    var there = worker.chosen();
    print(
        there.isPresent()
            ? there.get().of(recipient, path, format.chosen())
            : here(recipient, path));
    return ExitCode.DONE;
  }

  private String here(MailAddress recipient, String path) throws ConfigException {
    var settings = cluster.read(PosthouseSettings::read);
    if (settings.edge().domains().contains(recipient.domain()))
      say(recipient.domain() + " is in edge.domains: mail for it does not leave this platform");
    var explanation = explainer(settings).explain(recipient, reversePath(path));
    return inFormat(explanation);
  }

  private String inFormat(Explanation explanation) {
    return switch (format.chosen()) {
      case TABLE -> explanation.text();
      case JSON -> explanation.json() + "\n";
    };
  }

  private Explainer explainer(PosthouseSettings settings) {
    var dns = settings.dns();
    var servers = dns.servers().stream().map(HostPort::toSocketAddress).toList();
    var around =
        new RoadMaps.Surroundings(
            new DnsjavaDns(servers, dns.timeout(), dns.proofs()),
            new CachedPolicies(),
            (_, _) -> {},
            (domain, result, why) -> {
              if (result != Fetch.FETCHED) say("no MTA-STS policy of " + domain + ": " + why);
            },
            InstantSource.system());
    return new Explainer(
        RoadMaps.of(settings.node(), settings.delivery(), around), Optional.empty());
  }

  private static ReversePath reversePath(String path) {
    return path.isEmpty() ? new ReversePath.Null() : new ReversePath.Sender(MailAddress.of(path));
  }

  private MailAddress address(String text) {
    return MailAddress.parse(text)
        .orElseThrow(() -> Usage.wrong(spec, "not a mail address: " + text));
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  private void say(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(what);
    err.flush();
  }
}
