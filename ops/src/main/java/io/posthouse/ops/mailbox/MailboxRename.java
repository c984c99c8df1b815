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

/// `posthouse mailbox rename`.
@Command(name = "rename", description = "Gives a folder and those below it another name.")
final class MailboxRename implements Callable<Integer> {
  @Parameters(index = "1", paramLabel = "PATH", description = "The folder, such as Work/2026.")
  private String path = "";

  @Parameters(index = "2", paramLabel = "NEW-PATH", description = "Its new name.")
  private String newPath = "";

  @Mixin private UserArgument user = new UserArgument();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var folder = Usage.read(spec, path, FolderPath::new);
    var renamed = Usage.read(spec, newPath, FolderPath::new);
    try (var mongo = user.mongo()) {
      var folders = new MongoFolders(mongo, InstantSource.system());
      FolderAnswers.report(
          spec,
          folder,
          "is " + renamed + " now",
          folders.rename(user.find(mongo), folder, renamed));
    }
    return ExitCode.DONE;
  }
}
