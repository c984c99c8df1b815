package io.posthouse.ops.domain;

import io.posthouse.address.Domain;
import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDomains;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Usage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse domain add`.
@Command(
    name = "add",
    description =
        "Makes a domain ours: mail for it is taken, and refused where there is no such address.")
final class DomainAdd implements Callable<Integer> {
  @Parameters(paramLabel = "DOMAIN", description = "The domain.")
  private String domain = "";

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var name = Usage.read(spec, domain, Domain::new);
    try (var mongo = cluster.mongo()) {
      var isNew = new MongoDomains(mongo).add(name);
      spec.commandLine().getOut().println(name + (isNew ? " added" : " was there already"));
    }
    return ExitCode.DONE;
  }
}
