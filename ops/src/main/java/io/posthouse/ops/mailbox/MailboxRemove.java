package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.Confirmation;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Usage;
import io.posthouse.storage.mailbox.FolderPath;
import io.posthouse.storage.mongo.MongoFolders;
import io.posthouse.storage.mongo.MongoMailRemoval;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse mailbox remove`.
@Command(name = "remove", description = "Removes a folder, for good.")
final class MailboxRemove implements Callable<Integer> {
  @Parameters(index = "1", paramLabel = "PATH", description = "The folder, such as Work/2026.")
  private String path = "";

  @Option(names = "--with-mail", description = "Also if there are messages in it, which are lost.")
  private boolean withMail;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Mixin private UserArgument user = new UserArgument();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var folder = Usage.read(spec, path, FolderPath::new);
    confirmation.require("This removes the folder " + folder, spec);
    try (var mongo = user.mongo()) {
      var owner = user.find(mongo);
      var folders = new MongoFolders(mongo, InstantSource.system());
      if (withMail && folders.removable(owner, folder) instanceof MongoFolders.Answer.Done)
        new MongoMailRemoval(mongo, InstantSource.system())
            .removeAll(owner, folder.text(), this::progress);
      FolderAnswers.report(spec, folder, "removed", folders.remove(owner, folder));
    }
    return ExitCode.DONE;
  }

  private void progress(long removed) {
    spec.commandLine().getErr().println(removed + " messages removed");
  }
}
