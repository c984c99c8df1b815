package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Usage;
import io.posthouse.storage.mailbox.FolderPath;
import io.posthouse.storage.mongo.MongoFolders;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse mailbox create`.
@Command(name = "create", description = "Makes an empty folder.")
final class MailboxCreate implements Callable<Integer> {
  @Parameters(index = "1", paramLabel = "PATH", description = "The folder, such as Work/2026.")
  private String path = "";

  @Mixin private UserArgument user = new UserArgument();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var folder = Usage.read(spec, path, FolderPath::new);
    try (var mongo = user.mongo()) {
      var folders = new MongoFolders(mongo, InstantSource.system());
      FolderAnswers.report(spec, folder, "created", folders.create(user.find(mongo), folder));
    }
    return ExitCode.DONE;
  }
}
