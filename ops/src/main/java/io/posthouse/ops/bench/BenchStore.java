package io.posthouse.ops.bench;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.mongo.Mongo;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoUsers;
import io.posthouse.mongo.MongoUsers.Creation;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.role.StoreRole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `posthouse bench store`: how fast a storage writer empties a queue.
@Command(
    name = "store",
    description = {
      "Puts mail into topics of its own on the cluster, stores it in a database of its own, and",
      "prints messages/s and how long the database takes for the batch a message is in. Nothing of",
      "it remains."
    })
final class BenchStore implements Callable<Integer> {
  @Mixin private BacklogOptions backlog = new BacklogOptions();

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users the mail is for.",
      defaultValue = "100")
  private int users;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var run = RoleBench.name();
    var bench = RoleBench.on(backlog.cluster(), run, List.of());
    try (var mongo = bench.mongo()) {
      drop(mongo);
      try {
        return measure(bench, run, recipients(mongo));
      } finally {
        drop(mongo);
      }
    }
  }

  private int measure(RoleBench bench, String run, List<Recipient> recipients) throws Exception {
    var mail = new Backlog(backlog.messages(), backlog.mail(run), recipients);
    var result = bench.run(mail, StoreRole::addTo);
    result.table("users", users, "faults").print(spec.commandLine().getOut(), backlog.format());
    return ExitCode.DONE;
  }

  private List<Recipient> recipients(Mongo mongo) throws MongoDown {
    var directory = new MongoUsers(mongo);
    var all = new ArrayList<Recipient>();
    for (int n = 0; n < users; n++) {
      var address = "user%d@bench.test".formatted(n);
      switch (directory.create(MailAddress.of(address), "bench", 0)) {
        case Creation.Created(var user) ->
            all.add(Backlog.recipient(address, new Destination.Local(user)));
        case Creation.AddressTaken() -> throw CommandFailed.because(address + " is there already");
      }
    }
    return all;
  }

  private static void drop(Mongo mongo) throws MongoDown {
    mongo.ask(database -> {
      database.drop();
      return database.getName();
    });
  }
}
