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

/// `posthouse domain list`.
@Command(
    name = "list",
    description =
        "Lists our domains and the aliases of them; edge.domains of the settings may add some.")
final class DomainList implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var table = new Table("domain", "alias of");
    try (var mongo = cluster.mongo()) {
      var domains = new MongoDomains(mongo);
      for (var domain : domains.list()) table.row(domain, "");
      for (var alias : domains.aliases()) table.row(alias.alias(), alias.domain());
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }
}
