package io.posthouse.ops.demo;

import io.posthouse.config.ConfigException;
import io.posthouse.message.QueueId;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse demo inbox`.
@Command(
    name = "inbox",
    description = "Lists the mail that the demo's catch-all host has taken, or prints one.")
final class DemoInboxCommand implements Callable<Integer> {
  @Option(names = "--raw", paramLabel = "ID", description = "Print this mail, octet by octet.")
  private @Nullable String raw;

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown, IOException {
    try (var mongo = cluster.mongo()) {
      var inbox = new DemoInbox(mongo);
      if (raw == null) list(inbox);
      else print(inbox, raw);
    }
    return ExitCode.DONE;
  }

  private void list(DemoInbox inbox) throws MongoDown {
    var table = new Table("id", "arrived", "from", "to", "size", "subject");
    for (var mail : inbox.list()) {
      table.row(
          mail.id(),
          mail.id().arrived(),
          mail.from(),
          String.join(" ", mail.to()),
          mail.size(),
          mail.subject());
    }
    table.print(spec.commandLine().getOut(), format.chosen());
  }

  private static void print(DemoInbox inbox, String id) throws MongoDown, IOException {
    var key = QueueId.parse(id).orElseThrow(() -> noSuchMail(id));
    inbox.find(key).orElseThrow(() -> noSuchMail(id)).raw().writeTo(System.out);
    System.out.flush();
  }

  private static CommandFailed noSuchMail(String id) {
    return CommandFailed.because("no such mail in the demo inbox: " + id);
  }
}
