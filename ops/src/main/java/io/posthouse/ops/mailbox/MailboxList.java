package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse mailbox list`.
@Command(name = "list", description = "Lists the messages of a folder, oldest first.")
final class MailboxList implements Callable<Integer> {
  @Mixin private MailboxOptions mailbox = new MailboxOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown, IOException {
    var table = new Table("uid", "received", "size", "from", "subject", "flags", "queue id");
    mailbox.look(folder -> {
      for (var mail : folder.reader().list(folder.user(), folder.name())) {
        table.row(
            mail.uid(),
            mail.received(),
            mail.size(),
            mail.from(),
            mail.subject(),
            String.join(" ", mail.flags()),
            mail.queueId());
      }
    });
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }
}
