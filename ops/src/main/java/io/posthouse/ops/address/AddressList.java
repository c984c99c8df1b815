package io.posthouse.ops.address;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.mongo.MongoAddresses;
import io.posthouse.mongo.MongoAddresses.Address;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse address list`.
@Command(name = "list", description = "Lists all addresses, or those of one user.")
final class AddressList implements Callable<Integer> {
  @Parameters(
      paramLabel = "USER",
      arity = "0..1",
      description = "Only this user's: address or user name.")
  private @Nullable String user;

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var table = new Table("address", "user", "default", "forwards to");
    try (var mongo = cluster.mongo()) {
      for (var address : found(new MongoAddresses(mongo)))
        table.row(
            address.address(),
            address.user().orElse(""),
            address.isDefault(),
            address.targets().stream().map(ForwardTarget::value).collect(Collectors.joining(" ")));
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }

  private List<Address> found(MongoAddresses addresses) throws MongoDown {
    if (user == null) return addresses.list();
    return addresses.list(user).orElseThrow(() -> CommandFailed.because("no such user: " + user));
  }
}
