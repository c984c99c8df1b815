package io.posthouse.ops.storage;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import io.posthouse.storage.check.Finding;
import io.posthouse.storage.mongo.MongoInspector;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse storage check`.
@Command(
    name = "check",
    description = {
      "Makes every message again and compares counts, numbers and flags; 1 where anything is wrong.",
      "Changes nothing. The counts of attachments are compared with --all only."
    })
final class StorageCheck implements Callable<Integer> {
  private static final int MOST_LISTED = 10_000;

  @Mixin private UserChoice users = new UserChoice();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  private final Table table = new Table("user", "kind", "where", "what");
  private long findings;
  private long messages;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var err = spec.commandLine().getErr();
    try (var mongo = cluster.mongo()) {
      var inspector = new MongoInspector(mongo, InstantSource.system());
      var count =
          users.each(
              mongo,
              err,
              (id, name) -> messages += inspector.inspect(id, found -> list(name, found)));
      if (users.isAll()) inspector.inspectAttachments(found -> list("", found));
      table.print(spec.commandLine().getOut(), format.chosen());
      err.printf("%d users, %d messages, %d findings%n", count, messages, findings);
      if (findings > MOST_LISTED) err.printf("only the first %d are listed%n", MOST_LISTED);
      err.flush();
    }
    return findings == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void list(String user, Finding found) {
    if (++findings <= MOST_LISTED)
      table.row(user, found.kind().name().toLowerCase(Locale.ROOT), found.where(), found.what());
  }
}
