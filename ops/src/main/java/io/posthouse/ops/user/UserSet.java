package io.posthouse.ops.user;

import io.posthouse.config.ConfigException;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoProfiles;
import io.posthouse.mongo.MongoProfiles.Answer;
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

/// `posthouse user set`.
@Command(
    name = "set",
    description = "Changes a user. What is not named stays; all of it is done, or nothing.")
final class UserSet implements Callable<Integer> {
  @Parameters(paramLabel = "USER", description = "Address, user name or id.")
  private String user = "";

  @Mixin private UserOptions options = new UserOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var changes = options.changes(spec);
    if (changes.isEmpty())
      throw Usage.wrong(spec, "nothing to change (expected: an option such as --quota)");
    try (var mongo = cluster.mongo()) {
      switch (new MongoProfiles(mongo).change(user, changes)) {
        case Answer.Changed() -> spec.commandLine().getOut().println(user + " changed");
        case Answer.NoSuchUser() -> throw CommandFailed.because("no such user: " + user);
        case Answer.NoKey() ->
            throw CommandFailed.because(user + " has no key to encrypt for (expected: --key FILE)");
      }
    }
    return ExitCode.DONE;
  }
}
