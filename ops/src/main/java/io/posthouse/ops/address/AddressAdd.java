package io.posthouse.ops.address;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.ListedAddress;
import io.posthouse.mongo.MongoAddresses;
import io.posthouse.mongo.MongoAddresses.Addition;
import io.posthouse.mongo.MongoDown;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse address add`.
@Command(
    name = "add",
    description = {
      "Gives a user a further address, or makes an address that sends mail on.",
      "Patterns: *@example.net, sales*@example.net, *sales@example.net, postmaster@*."
    })
final class AddressAdd implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "ADDRESS",
      description = "The new address, in a domain of ours.")
  private String address = "";

  @Parameters(
      index = "1",
      paramLabel = "USER",
      arity = "0..1",
      description = "Whose it is: address or user name.")
  private @Nullable String user;

  @Option(
      names = "--forward",
      paramLabel = "TARGET",
      arity = "1..*",
      description = "Instead of a user: where its mail is sent on to, addresses or smtp://HOST.")
  private List<String> targets = new ArrayList<>();

  @Option(names = "--default", description = "Make it the user's default address.")
  private boolean asDefault;

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    var listed = Usage.read(spec, address, ListedAddress::of);
    if ((user == null) == targets.isEmpty())
      throw Usage.wrong(spec, "for whom? (expected: USER or --forward TARGET)");
    if (asDefault && (user == null || listed.isPattern()))
      throw Usage.wrong(spec, "--default: " + listed + " (expected: one address of a user)");
    try (var mongo = cluster.mongo()) {
      var addresses = new MongoAddresses(mongo);
      report(listed, add(addresses, listed));
      if (asDefault) addresses.makeDefault(listed);
    }
    return ExitCode.DONE;
  }

  private Addition add(MongoAddresses addresses, ListedAddress listed) throws MongoDown {
    if (user != null) return addresses.addAlias(listed, user);
    return addresses.addForwarded(
        listed, targets.stream().map(t -> Usage.read(spec, t, ForwardTarget::of)).toList());
  }

  private void report(ListedAddress listed, Addition answer) {
    switch (answer) {
      case Addition.Added() -> say(listed + " added");
      case Addition.AlreadyThere() -> say(listed + " was there already");
      case Addition.Taken(var by) ->
          throw CommandFailed.because(
              listed
                  + " is taken by "
                  + by.address()
                  + by.user().map(" of "::concat).orElse(", which sends mail on"));
      case Addition.NoSuchUser() -> throw CommandFailed.because("no such user: " + user);
      case Addition.NotOurDomain(var domain) ->
          throw CommandFailed.because(
              domain + " is not a domain of ours (first: posthouse domain add " + domain + ")");
    }
  }

  private void say(String what) {
    spec.commandLine().getOut().println(what);
  }
}
