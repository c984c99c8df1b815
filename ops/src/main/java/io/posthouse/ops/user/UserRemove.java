package io.posthouse.ops.user;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.UserChange;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoProfiles;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.Confirmation;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.storage.mongo.MongoMailRemoval;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse user remove`.
@Command(
    name = "remove",
    description = {
      "Removes a user with all addresses and folders, for good.",
      "What breaks off is finished by the same command, given the user name or the id."
    })
final class UserRemove implements Callable<Integer> {
  @Parameters(paramLabel = "USER", description = "Address, user name or id.")
  private String name = "";

  @Option(names = "--with-mail", description = "Also if the user has mail, which is lost.")
  private boolean withMail;

  @Mixin private Confirmation confirmation = new Confirmation();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    try (var mongo = cluster.mongo()) {
      var user =
          new MongoUsers(mongo)
              .find(name)
              .orElseThrow(() -> CommandFailed.because("no such user: " + name));
      var mail = new MongoMailRemoval(mongo, InstantSource.system());
      var messages = mail.count(user.id());
      if (messages > 0 && !withMail)
        throw CommandFailed.because(
            name + " has " + messages + " messages (expected: --with-mail, which loses them)");
      confirmation.require("This removes " + user.name() + " and " + messages + " messages", spec);
      remove(mongo, user, mail);
    }
    return ExitCode.DONE;
  }

  private void remove(Mongo mongo, MongoUsers.User user, MongoMailRemoval mail) throws MongoDown {
    // No logins and no new mail while the old goes.
    new MongoProfiles(mongo).change(user.id().hex(), List.of(new UserChange.Disabled(true)));
    var removed = mail.removeAll(user.id(), this::progress);
    new MongoUsers(mongo).remove(user.id());
    // What a storage writer had in its hands meanwhile.
    removed += mail.removeAll(user.id(), this::progress);
    spec.commandLine().getOut().println(user.name() + " removed, " + removed + " messages");
  }

  private void progress(long removed) {
    spec.commandLine().getErr().println(removed + " messages removed");
  }
}
