package io.posthouse.ops.dead;

import io.posthouse.config.ConfigException;
import io.posthouse.kafka.DeadLetterBox;
import io.posthouse.kafka.KafkaUnreachable;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.queue.ScanProgress;
import io.posthouse.ops.replay.QueueAccess;
import io.posthouse.queue.ContentStore.ContentGone;
import io.posthouse.queue.DeadLetter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse dead export`.
@Command(
    name = "export",
    description = {
      "Writes dead letters to files: ID.eml, as a recipient gets it, and what nobody can read as"
          + " ID.record.",
      "Nothing is overwritten; 1 where one could not be written, or its content is gone."
    })
final class DeadExport implements Callable<Integer> {
  @Option(names = "--to", paramLabel = "DIR", required = true, description = "The folder for them.")
  private Path folder = Path.of("");

  @Mixin private LetterChoice choice = new LetterChoice();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  private int written;
  private int failed;

  @Override
  public Integer call() throws ConfigException, KafkaUnreachable {
    choice.check(spec);
    makeFolder();
    try (var queue = QueueAccess.open(cluster);
        var progress = new ScanProgress(spec.commandLine().getErr())) {
      export(queue, progress);
    } catch (KafkaUnreachable e) {
      // Wherever it breaks off, that much is there.
      if (written + failed > 0) print();
      throw e;
    }
    print();
    Letters.refuseMissing(choice.missing());
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void print() {
    spec.commandLine().getOut().printf("%d written, %d not%n", written, failed);
    spec.commandLine().getOut().flush();
  }

  /// A folder that takes no files is said once, not of each letter.
  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotWrite(reason(e));
    }
    if (!Files.isWritable(folder)) throw cannotWrite("no file can be made there");
  }

  private CommandFailed cannotWrite(String why) {
    return CommandFailed.because("cannot write to " + folder + ": " + why);
  }

  /// Most of them say no more than the path.
  private static String reason(IOException failure) {
    return switch (failure) {
      case FileAlreadyExistsException _ -> "it is no folder";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> failure.toString();
    };
  }

  private void export(QueueAccess queue, ScanProgress progress) throws KafkaUnreachable {
    new DeadLetterBox(queue.cluster(), InstantSource.system())
        .each(
            (letter, replayed) -> {
              if (choice.includes(letter))
                export(LetterFacts.of(letter, replayed), queue, progress);
            },
            progress);
  }

  private void export(LetterFacts facts, QueueAccess queue, ScanProgress progress) {
    var letter = facts.letter();
    @Nullable Path made = null;
    try {
      var file = folder.resolve(letter.id() + (facts.envelope().isPresent() ? ".eml" : ".record"));
      try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        made = file;
        if (facts.envelope().isPresent()) Letters.write(facts.envelope().get(), queue, out);
        else letter.original().writeTo(out);
      }
      written++;
    } catch (ContentGone gone) {
      fail(letter, "content is gone: " + gone.getMessage(), made, progress);
    } catch (FileSystemException there) {
      fail(letter, "cannot write: " + there, made, progress);
    } catch (IOException unreachable) {
      fail(letter, String.valueOf(unreachable.getMessage()), made, progress);
    }
  }

  /// Half a message must not pass for a whole one.
  private void fail(DeadLetter letter, String why, @Nullable Path half, ScanProgress progress) {
    failed++;
    progress.clear();
    spec.commandLine().getErr().println(letter.id() + ": " + why);
    try {
      if (half != null) Files.delete(half);
    } catch (IOException e) {
      throw CommandFailed.because("cannot delete what is not whole: " + half);
    }
  }
}
