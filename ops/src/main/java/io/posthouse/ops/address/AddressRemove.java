package io.posthouse.ops.address;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.ListedAddress;
import io.posthouse.mongo.MongoAddresses;
import io.posthouse.mongo.MongoAddresses.Removal;
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

/// `posthouse address remove`.
@Command(name = "remove", description = "Removes an address: mail for it is refused from then on.")
final class AddressRemove implements Callable<Integer> {
  @Parameters(paramLabel = "ADDRESS", description = "The address, or the pattern as it is listed.")
  private String address = "";

  @Mixin private Confirmation confirmation = new Confirmation();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var listed = Usage.read(spec, address, ListedAddress::of);
    confirmation.require("This removes " + listed, spec);
    try (var mongo = cluster.mongo()) {
      report(listed, new MongoAddresses(mongo).remove(listed));
    }
    return ExitCode.DONE;
  }

  private void report(ListedAddress listed, Removal answer) {
    switch (answer) {
      case Removal.Removed() -> spec.commandLine().getOut().println(listed + " removed");
      case Removal.NoSuchAddress() -> throw CommandFailed.because("no such address: " + listed);
      case Removal.IsDefault(var user) ->
          throw CommandFailed.because(
              listed
                  + " is the default address of "
                  + user
                  + " (first: posthouse address add ADDRESS "
                  + user
                  + " --default)");
    }
  }
}
