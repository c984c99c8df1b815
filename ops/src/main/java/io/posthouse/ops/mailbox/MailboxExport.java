package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.storage.export.MailExport;
import io.posthouse.storage.export.Maildir;
import io.posthouse.storage.export.Mbox;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mongo.MongoMailboxReader;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse mailbox export`.
@Command(
    name = "export",
    description = {
      "Writes a folder to an mbox file or a Maildir, every octet as it was stored.",
      "An mbox file is of the format mboxrd; the README says how a message is had from it again."
    })
final class MailboxExport implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(
      names = {"--mailbox", "--folder"},
      paramLabel = "PATH",
      defaultValue = MailboxReader.INBOX,
      description = "The folder: ${DEFAULT-VALUE}.")
  private String folder = "";

  @Mixin private UserArgument user = new UserArgument();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  static final class Target {
    @Option(names = "--mbox", paramLabel = "FILE", description = "A file that is not there yet.")
    private @Nullable Path mbox;

    @Option(
        names = "--maildir",
        paramLabel = "DIR",
        description = "A folder that is empty or not there yet.")
    private @Nullable Path maildir;

    MailExport open() throws IOException {
      if (mbox != null) return new Mbox(mbox);
      if (maildir != null) return new Maildir(maildir);
      throw new IllegalStateException("the parser lets none of the two pass");
    }
  }

  @Override
  public Integer call() throws ConfigException, MongoDown, IOException {
    try (var mongo = user.mongo()) {
      var owner = user.find(mongo);
      if (!new MongoMailboxReader(mongo).exists(owner, folder))
        throw CommandFailed.because("no such folder: " + folder);
      return export(mongo, owner);
    }
  }

  private int export(Mongo mongo, UserId owner) throws IOException {
    try (var export = target.open()) {
      var run = new ExportRun(new MongoMailboxReader(mongo), export, this::say);
      run.all(owner, folder);
      export.finish();
      new Card()
          .with("folder", folder)
          .with("messages", run.written())
          .with("damaged", run.damaged())
          .print(spec.commandLine().getOut(), format.chosen());
      return run.damaged() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException there) {
      throw CommandFailed.because(
          there.getMessage() + " is there already, and nothing is overwritten");
    } catch (FileSystemException failed) {
      throw CommandFailed.because("cannot write: " + failed.getMessage());
    }
  }

  private void say(String what) {
    spec.commandLine().getErr().println(what);
  }
}
