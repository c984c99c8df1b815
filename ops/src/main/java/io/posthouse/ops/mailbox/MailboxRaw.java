package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `posthouse mailbox raw`.
@Command(name = "raw", description = "Prints one message octet by octet, as it was stored.")
final class MailboxRaw implements Callable<Integer> {
  @Option(names = "--uid", paramLabel = "N", required = true, description = "Which message.")
  private long uid;

  @Mixin private MailboxOptions mailbox = new MailboxOptions();

  @Override
  public Integer call() throws ConfigException, MongoDown, IOException {
    mailbox.look(this::print);
    return ExitCode.DONE;
  }

  private void print(MailboxOptions.Folder folder) throws IOException {
    var out = new BufferedOutputStream(System.out);
    if (!folder.reader().writeRaw(folder.user(), folder.name(), uid, out)) {
      throw CommandFailed.because("no message with uid " + uid);
    }
    out.flush();
  }
}
