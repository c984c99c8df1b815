package io.posthouse.ops.user;

import io.posthouse.address.MailAddress;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse user add`.
@Command(
    name = "add",
    description = "Creates a user with one address; its domain is one of ours from then on.")
final class UserAdd implements Callable<Integer> {
  @Parameters(
      paramLabel = "ADDRESS",
      description = "The user's address, such as carol@example.test.")
  private String address = "";

  @Mixin private PasswordOption password = new PasswordOption();

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      defaultValue = "0",
      description = "Most the mailbox may hold, such as 2GiB; 0 for the default.")
  private String quota = "";

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var parsed =
        MailAddress.parse(address).orElseThrow(() -> usage("not a mail address: " + address));
    var octets = Quota.octets(spec, quota);
    try (var mongo = cluster.mongo()) {
      switch (create(new MongoUsers(mongo), parsed, octets)) {
        case MongoUsers.Creation.Created(var user) ->
            spec.commandLine().getOut().println(parsed + " " + user);
        case MongoUsers.Creation.AddressTaken() ->
            throw CommandFailed.because(
                parsed + " is taken, or differs from a taken address only in case, dots or tag");
      }
    }
    return ExitCode.DONE;
  }

  private MongoUsers.Creation create(MongoUsers users, MailAddress wanted, long octets)
      throws MongoDown {
    try {
      return users.create(wanted, password.read(spec), octets);
    } catch (IllegalArgumentException refused) {
      throw usage(String.valueOf(refused.getMessage()));
    }
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
