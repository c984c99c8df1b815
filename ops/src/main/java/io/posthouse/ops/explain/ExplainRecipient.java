package io.posthouse.ops.explain;

import io.posthouse.address.MailAddress;
import io.posthouse.config.ConfigException;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.Findings;
import io.posthouse.mongo.AddressExplainer;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import io.posthouse.srs.Srs;
import io.posthouse.srs.Srs.Reversed;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse explain recipient`.
@Command(
    name = "recipient",
    description = {
      "Who has an address: under which keys the directory is asked for it, which of them is there,"
          + " whose it is, and what limits there are.",
      "Asks the database, not an edge's cache: an edge may answer for a minute as it was before."
          + " Ends with 0 for an address that nobody has, too."
    })
final class ExplainRecipient implements Callable<Integer> {
  @Parameters(paramLabel = "ADDRESS", description = "Whom mail would be for.")
  private String to = "";

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var address =
        MailAddress.parse(to)
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "not a mail address: " + to));
    var settings = cluster.read(PosthouseSettings::read);
    var table = new Table("what", "is");
    table.row("address", address);
    settings.srs().srs().ifPresent(srs -> tell(table, srs, address));
    try (var mongo = cluster.mongo()) {
      var domains = Set.copyOf(settings.edge().domains());
      tell(table, new AddressExplainer(mongo, domains).explain(address), settings);
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }

  private static void tell(Table table, Srs srs, MailAddress address) {
    if (!Srs.isRewritten(address)) return;
    table.row(
        "rewritten sender",
        switch (srs.reverse(address, Instant.now())) {
          case Reversed.Sender(var sender) -> "of " + sender + ", if the domain is ours";
          case Reversed.Expired() -> "too old";
          case Reversed.Forged() -> "not ours, or changed";
        });
  }

  private static void tell(Table table, Findings findings, PosthouseSettings settings) {
    table.row("domain", findings.domain());
    table.row("looked for", String.join(" ", findings.candidates()));
    table.row("found", findings.found().orElse("nothing"));
    findings.targets().forEach(target -> table.row("forwarded to", target));
    findings.user().ifPresent(user -> tell(table, user, settings));
    table.row("answer", answer(findings.resolution()));
  }

  private static void tell(Table table, Findings.User user, PosthouseSettings settings) {
    var mailboxes = settings.edge().mailboxes();
    table.row("user", user.name() + " (" + user.id() + ")");
    table.row("disabled", user.disabled());
    table.row("suspended", user.suspended());
    table.row("used", user.used() + " of " + user.quota() + " octets");
    table.row(
        "messages a minute",
        limit(user.perMinute() > 0 ? user.perMinute() : mailboxes.perMinute()));
    table.row("messages an hour from one client", limit(mailboxes.perHourFromOne()));
  }

  private static String limit(long most) {
    return most == 0 ? "any number" : "at most " + most;
  }

  private static String answer(Resolution resolution) {
    return switch (resolution) {
      case Resolution.LocalUser(var user, _) -> "taken for user " + user;
      case Resolution.Forwarded(var address, int targets, long perDay) ->
          "taken for forwarded address %s: %d targets, %d copies a day at most"
              .formatted(address, targets, perDay);
      case Resolution.Closed _ -> "refused: forwarding is switched off";
      case Resolution.NoSuchUser _ -> "refused: nobody has it";
      case Resolution.Disabled _ -> "refused: the user is disabled";
      case Resolution.OverQuota _ -> "not taken: the mailbox is full (edge.mailboxes.over_quota)";
      case Resolution.NotLocal _ -> "not local: taken from relay networks and users only";
      case Resolution.Unavailable(var why) -> "unknown: " + why;
    };
  }
}
