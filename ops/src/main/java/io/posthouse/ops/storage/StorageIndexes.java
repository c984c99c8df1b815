package io.posthouse.ops.storage;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import io.posthouse.storage.check.IndexState;
import io.posthouse.storage.mongo.MongoIndexes;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse storage indexes`.
@Command(
    name = "indexes",
    description = "Lists the indexes that storing and serving mail need; 1 where one is missing.")
final class StorageIndexes implements Callable<Integer> {
  @Option(names = "--create", description = "Creates those that are missing first.")
  private boolean create;

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var states = states();
    var table = new Table("collection", "keys", "unique", "made by", "state", "why");
    for (var index : states)
      table.row(
          index.collection(),
          index.keys(),
          index.unique(),
          lower(index.maker()),
          lower(index.state()),
          index.why());
    table.print(spec.commandLine().getOut(), format.chosen());
    return states.stream().allMatch(IndexState::isThere) ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<IndexState> states() throws ConfigException, MongoDown {
    try (var mongo = cluster.mongo()) {
      var indexes = new MongoIndexes(mongo);
      return create ? indexes.create() : indexes.list();
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
