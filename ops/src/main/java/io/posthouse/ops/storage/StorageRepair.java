package io.posthouse.ops.storage;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import io.posthouse.storage.check.Mended;
import io.posthouse.storage.check.Mended.Result;
import io.posthouse.storage.mongo.MongoRepairs;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse storage repair`.
@Command(
    name = "repair",
    description = {
      "Makes the users' counts of octets right and, with --all, the attachments' counts of messages.",
      "Writers may go on; 1 where a count was changing and is to be mended later."
    })
final class StorageRepair implements Callable<Integer> {
  @Option(names = "--dry-run", description = "Says what would be done, and does nothing.")
  private boolean dryRun;

  @Mixin private UserChoice users = new UserChoice();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  private final Table table = new Table("user", "what", "was", "is", "result");
  private boolean isBusy;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    try (var mongo = cluster.mongo()) {
      var repairs = new MongoRepairs(mongo, InstantSource.system(), !dryRun);
      users.each(
          mongo,
          spec.commandLine().getErr(),
          (id, name) -> repairs.quota(id, mended -> list(name, mended)));
      if (users.isAll()) repairs.attachments(mended -> list("", mended));
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return isBusy ? ExitCode.FAILED : ExitCode.DONE;
  }

  private void list(String user, Mended mended) {
    isBusy |= mended.result() == Result.BUSY;
    var result = mended.result().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    table.row(user, mended.what(), mended.was(), mended.is(), result);
  }
}
