package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Whose mailbox, on which cluster.
final class UserArgument {
  @Parameters(index = "0", paramLabel = "USER", description = "Address, user name or id.")
  private String user = "";

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  Mongo mongo() throws ConfigException {
    return cluster.mongo();
  }

  UserId find(Mongo mongo) throws MongoDown {
    var found = new MongoUsers(mongo).find(user);
    return found.orElseThrow(() -> CommandFailed.because("no such user: " + user)).id();
  }
}
