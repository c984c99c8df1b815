package io.posthouse.ops;

import io.posthouse.ops.address.AddressCommand;
import io.posthouse.ops.bench.BenchCommand;
import io.posthouse.ops.cli.Failures;
import io.posthouse.ops.cli.Misuse;
import io.posthouse.ops.cli.Words;
import io.posthouse.ops.config.ConfigCommand;
import io.posthouse.ops.dead.DeadCommand;
import io.posthouse.ops.demo.DemoCommand;
import io.posthouse.ops.dkim.DkimCommand;
import io.posthouse.ops.domain.DomainCommand;
import io.posthouse.ops.explain.ExplainCommand;
import io.posthouse.ops.mailbox.MailboxCommand;
import io.posthouse.ops.node.NodeCommand;
import io.posthouse.ops.queue.QueueCommand;
import io.posthouse.ops.role.DeliverCommand;
import io.posthouse.ops.role.EdgeCommand;
import io.posthouse.ops.role.RoleCommand;
import io.posthouse.ops.role.StoreCommand;
import io.posthouse.ops.storage.StorageCommand;
import io.posthouse.ops.topics.TopicsCommand;
import io.posthouse.ops.trace.TraceCommand;
import io.posthouse.ops.up.UpCommand;
import io.posthouse.ops.user.UserCommand;
import io.posthouse.telemetry.Logs;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/// The command line `posthouse` (DESIGN §9).
@Command(
    name = "posthouse",
    description = "A clustered mail platform: accept, queue in Kafka, deliver, store.",
    mixinStandardHelpOptions = true,
    // So that every command below takes --help and lists its exit codes.
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      EdgeCommand.class,
      DeliverCommand.class,
      StoreCommand.class,
      TopicsCommand.class,
      ConfigCommand.class,
      UserCommand.class,
      AddressCommand.class,
      DomainCommand.class,
      MailboxCommand.class,
      StorageCommand.class,
      QueueCommand.class,
      TraceCommand.class,
      NodeCommand.class,
      DkimCommand.class,
      DeadCommand.class,
      ExplainCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:the settings cannot be used",
      "4:Kafka or MongoDB is not reachable"
    })
public final class OpsMain {
  private OpsMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var posthouse =
        new CommandLine(new OpsMain())
            .setUsageHelpAutoWidth(true)
            .setExecutionStrategy(OpsMain::run)
            .setParameterExceptionHandler(new Misuse())
            .setExecutionExceptionHandler(new Failures());
    Words.readIn(posthouse);
    return posthouse;
  }

  /// What a command prints is its answer, and what a role prints is its log.
  private static int run(ParseResult parsed) {
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) return help;
    var command = parsed.asCommandLineList().getLast().getCommandSpec().userObject();
    if (!(command instanceof RoleCommand)) Logs.toStandardError();
    return new CommandLine.RunLast().execute(parsed);
  }
}
