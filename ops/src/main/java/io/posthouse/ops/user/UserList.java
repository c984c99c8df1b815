package io.posthouse.ops.user;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import io.posthouse.ops.cli.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `posthouse user list`.
@Command(name = "list", description = "Lists all users with what their mailboxes hold.")
final class UserList implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var table = new Table("user", "address", "id", "used", "quota", "disabled");
    try (var mongo = cluster.mongo()) {
      for (var user : new MongoUsers(mongo).list()) {
        table.row(
            user.name(),
            user.address(),
            user.id().hex(),
            user.used(),
            user.quota(),
            user.disabled());
      }
    }
    table.print(spec.commandLine().getOut(), format.chosen());
    return ExitCode.DONE;
  }
}
