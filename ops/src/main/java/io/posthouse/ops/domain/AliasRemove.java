package io.posthouse.ops.domain;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDomains;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.Confirmation;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Usage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse domain alias remove`.
@Command(name = "remove", description = "Makes an alias of a domain a stranger.")
final class AliasRemove implements Callable<Integer> {
  @Parameters(paramLabel = "ALIAS", description = "The other name.")
  private String alias = "";

  @Mixin private Confirmation confirmation = new Confirmation();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var name = Usage.read(spec, alias, Domain::new);
    confirmation.require("This removes the alias " + name, spec);
    try (var mongo = cluster.mongo()) {
      report(name, new MongoDomains(mongo).removeAlias(name));
    }
    return ExitCode.DONE;
  }

  private void report(Domain name, MongoDomains.Removal answer) {
    switch (answer) {
      case MongoDomains.Removal.Removed() -> spec.commandLine().getOut().println(name + " removed");
      case MongoDomains.Removal.NotThere() -> throw CommandFailed.because("no such alias: " + name);
      case MongoDomains.Removal.InUse(var by) ->
          throw CommandFailed.because(name + " is in use by " + by);
    }
  }
}
