package io.posthouse.ops.mailbox;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.UserId;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.storage.mailbox.MailboxReader;
import io.posthouse.storage.mongo.MongoMailboxReader;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Whose mailbox, and which folder of it.
final class MailboxOptions {
  @Parameters(paramLabel = "USER", description = "Address or user name.")
  private String user = "";

  @Option(
      names = {"--mailbox", "--folder"},
      paramLabel = "PATH",
      defaultValue = MailboxReader.INBOX,
      description = "The folder: ${DEFAULT-VALUE}.")
  private String folder = "";

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  /// What a command does with the folder it was pointed to.
  interface Look {
    void at(Folder folder) throws IOException;
  }

  /// One folder of one user.
  record Folder(MailboxReader reader, UserId user, String name) {}

  void look(Look look) throws ConfigException, MongoDown, IOException {
    try (var mongo = cluster.mongo()) {
      look.at(new Folder(new MongoMailboxReader(mongo), owner(mongo), folder));
    }
  }

  private UserId owner(Mongo mongo) throws MongoDown {
    var found = new MongoUsers(mongo).find(user);
    return found.orElseThrow(() -> CommandFailed.because("no such user: " + user)).id();
  }
}
