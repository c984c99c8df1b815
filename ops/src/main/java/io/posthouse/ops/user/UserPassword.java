package io.posthouse.ops.user;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse user password`.
@Command(name = "password", description = "Sets a user's password.")
final class UserPassword implements Callable<Integer> {
  @Parameters(paramLabel = "USER", description = "Address or user name.")
  private String user = "";

  @Mixin private PasswordOption password = new PasswordOption();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var secret = password.read(spec);
    try (var mongo = cluster.mongo()) {
      if (!new MongoUsers(mongo).setPassword(user, secret))
        throw CommandFailed.because("no such user: " + user);
    }
    return ExitCode.DONE;
  }
}
