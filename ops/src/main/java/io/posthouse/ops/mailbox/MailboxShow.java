package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.storage.mailbox.MailboxReader.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse mailbox show`.
@Command(
    name = "show",
    description = "Shows one message: what we know of it, its header, the beginning of its text.")
final class MailboxShow implements Callable<Integer> {
  private static final int LONGEST_TEXT = 4096;

  @Option(names = "--uid", paramLabel = "N", description = "Which message; the newest if left out.")
  private @Nullable Long uid;

  @Mixin private MailboxOptions mailbox = new MailboxOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown, IOException {
    mailbox.look(this::show);
    return ExitCode.DONE;
  }

  private void show(MailboxOptions.Folder folder) throws IOException {
    var mail = chosen(folder);
    var raw = new ByteArrayOutputStream();
    folder.reader().writeRaw(folder.user(), folder.name(), mail.uid(), raw);
    print(mail, raw.toString(StandardCharsets.UTF_8), spec.commandLine().getOut());
  }

  private Entry chosen(MailboxOptions.Folder folder) throws IOException {
    var found =
        uid == null
            ? folder.reader().list(folder.user(), folder.name()).reversed().stream().findFirst()
            : folder.reader().show(folder.user(), folder.name(), uid);
    return found.orElseThrow(() ->
        CommandFailed.because(uid == null ? "the folder is empty" : "no message with uid " + uid));
  }

  private static void print(Entry mail, String raw, PrintWriter out) {
    out.printf("uid        %d%n", mail.uid());
    out.printf("received   %s%n", mail.received());
    out.printf("size       %d%n", mail.size());
    out.printf("flags      %s%n", String.join(" ", mail.flags()));
    out.printf("queue id   %s%n%n", mail.queueId());
    out.println(
        raw.length() <= LONGEST_TEXT
            ? raw
            : raw.substring(0, LONGEST_TEXT) + "\n[... `mailbox raw` prints all of it]");
    out.flush();
  }
}
