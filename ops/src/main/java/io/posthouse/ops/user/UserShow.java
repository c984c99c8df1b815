package io.posthouse.ops.user;

import io.posthouse.config.ConfigException;
import io.posthouse.directory.ForwardTarget;
import io.posthouse.mongo.MongoDown;
import io.posthouse.mongo.MongoProfiles;
import io.posthouse.mongo.MongoProfiles.Profile;
import io.posthouse.ops.cli.Card;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.ops.cli.ExitCode;
import io.posthouse.ops.cli.FormatOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `posthouse user show`.
@Command(name = "show", description = "Shows all that can be set of a user.")
final class UserShow implements Callable<Integer> {
  @Parameters(paramLabel = "USER", description = "Address, user name or id.")
  private String user = "";

  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private FormatOption format = new FormatOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, MongoDown {
    try (var mongo = cluster.mongo()) {
      var profile =
          new MongoProfiles(mongo)
              .find(user)
              .orElseThrow(() -> CommandFailed.because("no such user: " + user));
      card(profile).print(spec.commandLine().getOut(), format.chosen());
    }
    return ExitCode.DONE;
  }

  private static Card card(Profile profile) {
    var user = profile.user();
    return new Card()
        .with("user", user.name())
        .with("id", user.id().hex())
        .with("name", profile.called())
        .with("address", user.address())
        .with("addresses", profile.addresses())
        .with("used", user.used())
        .with("quota", user.quota())
        .with("disabled", user.disabled())
        .with("suspended", profile.suspended())
        .with("spam level", profile.spamLevel())
        .with("forward", profile.targets().stream().map(ForwardTarget::value).toList())
        .with("tags", profile.tags())
        .with("recipients per day", profile.recipients())
        .with("forwards per day", profile.forwards())
        .with("received per minute", profile.receivedMax())
        .with("encrypts", profile.encrypts())
        .with("has key", profile.hasKey())
        .with("created", profile.created());
  }
}
