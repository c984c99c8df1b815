package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import io.posthouse.storage.mongo.MongoFolders;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse mailbox folders`.
@Command(name = "folders", description = "Lists the folders of a user and what is in them.")
final class MailboxFolders implements Callable<Integer> {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private UserArgument user = new UserArgument();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var table =
        new Table(
            "folder", "use", "messages", "unseen", "size", "uid next", "kept for", "subscribed");
    try (var mongo = user.mongo()) {
      for (var folder : new MongoFolders(mongo, InstantSource.system()).list(user.find(mongo)))
        table.row(
            folder.path(),
            folder.specialUse(),
            folder.messages(),
            folder.unseen(),
            folder.size(),
            folder.uidNext(),
            folder.retention().isZero() ? "" : folder.retention().toDays() + "d",
            folder.subscribed());
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }
}
