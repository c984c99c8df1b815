package io.posthouse.ops.domain;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDomains;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse domain alias list`.
@Command(name = "list", description = "Lists the aliases of our domains.")
final class AliasList implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var table = new Table("alias", "domain");
    try (var mongo = cluster.mongo()) {
      for (var alias : new MongoDomains(mongo).aliases()) table.row(alias.alias(), alias.domain());
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }
}
