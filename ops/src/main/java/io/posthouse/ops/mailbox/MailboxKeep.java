package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.config.Form;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Usage;
import io.posthouse.storage.mailbox.FolderPath;
import io.posthouse.storage.mongo.MongoFolders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse mailbox keep`.
@Command(
    name = "keep",
    description = "Says how long messages are kept that are stored in a folder from now on.")
final class MailboxKeep implements Callable<Integer> {
  @Parameters(index = "1", paramLabel = "PATH", description = "The folder, such as Work/2026.")
  private String path = "";

  @Parameters(index = "2", paramLabel = "DURATION", description = "Such as 30d; 0s for ever.")
  private String retention = "";

  @Mixin private UserArgument user = new UserArgument();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var folder = Usage.read(spec, path, FolderPath::new);
    var kept =
        Usage.read(
            spec,
            "DURATION",
            retention,
            "a duration such as 30d, or 0s",
            Form.duration(Duration.ZERO, Duration.ofDays(36_500)).parse());
    try (var mongo = user.mongo()) {
      var folders = new MongoFolders(mongo, InstantSource.system());
      FolderAnswers.report(spec, folder, "changed", folders.keep(user.find(mongo), folder, kept));
    }
    return ExitCode.DONE;
  }
}
