package io.posthouse.ops.storage;

import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.User;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.storage.mongo.MongoUserIds;
import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// One user, or all of them.
final class UserChoice {
  @Parameters(paramLabel = "USER", arity = "0..1", description = "Address or user name.")
  private @Nullable String user;

  @Option(names = "--all", description = "All users, and what they share: attachments.")
  private boolean all;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /// What a command does with a user.
  interface Visit {
    void to(UserId id, String name) throws MongoDown;
  }

  boolean isAll() {
    return all;
  }

  /// Visits those asked for, and says on `progress` how far it is.
  ///
  /// @return how many there were
  long each(Mongo mongo, PrintWriter progress, Visit visit) throws MongoDown {
    if (all == (user != null))
      throw new ParameterException(spec.commandLine(), "one of USER and --all is needed");
    if (user != null) return one(mongo, user, visit);
    var ids = new MongoUserIds(mongo);
    var users = 0L;
    var some = ids.after(Optional.empty());
    while (!some.isEmpty()) {
      for (var each : some) visit.to(each.id(), each.name());
      users += some.size();
      progress.printf("%d users so far%n", users);
      progress.flush();
      some = ids.after(Optional.of(some.getLast().id()));
    }
    return users;
  }

  private static long one(Mongo mongo, String name, Visit visit) throws MongoDown {
    User found =
        new MongoUsers(mongo)
            .find(name)
            .orElseThrow(() -> CommandFailed.because("no such user: " + name));
    visit.to(found.id(), found.name());
    return 1;
  }
}
