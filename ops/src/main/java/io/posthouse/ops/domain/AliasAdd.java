package io.posthouse.ops.domain;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDomains;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Usage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse domain alias add`.
@Command(name = "add", description = "Makes a domain another name of one of ours.")
final class AliasAdd implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ALIAS", description = "The other name.")
  private String alias = "";

  @Parameters(index = "1", paramLabel = "DOMAIN", description = "The domain of ours.")
  private String domain = "";

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var name = Usage.read(spec, alias, Domain::new);
    var target = Usage.read(spec, domain, Domain::new);
    try (var mongo = cluster.mongo()) {
      report(name, target, new MongoDomains(mongo).addAlias(name, target));
    }
    return ExitCode.DONE;
  }

  private void report(Domain name, Domain target, MongoDomains.AliasAddition answer) {
    switch (answer) {
      case MongoDomains.AliasAddition.Added() ->
          spec.commandLine().getOut().println(name + " is an alias of " + target);
      case MongoDomains.AliasAddition.AlreadyThere() ->
          spec.commandLine().getOut().println(name + " was an alias of " + target + " already");
      case MongoDomains.AliasAddition.AliasOf(var other) ->
          throw CommandFailed.because(name + " is an alias of " + other);
      case MongoDomains.AliasAddition.NotOurs() ->
          throw CommandFailed.because(
              target
                  + " is not a domain of ours, or an alias (first: posthouse domain add "
                  + target
                  + ")");
    }
  }
}
