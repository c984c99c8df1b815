package io.posthouse.ops.user;

import io.posthouse.directory.ForwardTarget;
import io.posthouse.directory.UserChange;
import io.posthouse.directory.UserChange.Limit.Kind;
import io.posthouse.ops.cli.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// What `user set` can change, each with an option of its own.
final class UserOptions {
  private static final String NUMBER = "a number, 0 for the default";

  @Option(names = "--name", paramLabel = "TEXT", description = "What the user is called.")
  private @Nullable String name;

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      description = "Most the mailbox may hold, such as 2GiB; 0 for the default.")
  private @Nullable String quota;

  @Option(
      names = "--disabled",
      negatable = true,
      description = "Refuse mail for the user, and logins.")
  private @Nullable Boolean disabled;

  @Option(
      names = "--suspended",
      negatable = true,
      description = "Refuse logins; mail still arrives.")
  private @Nullable Boolean suspended;

  @Option(
      names = "--spam-level",
      paramLabel = "0..100",
      description = "From 0, where everything goes to Junk, to 100, where nothing does.")
  private @Nullable String spamLevel;

  @Option(
      names = "--forward",
      paramLabel = "TARGET",
      arity = "1..*",
      description = "Send all mail on to these, addresses or smtp://HOST; none to stop.")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      arity = "1..*",
      description = "Words that rules go by; none for no words.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--recipients",
      paramLabel = "N",
      description = "Most recipients the user sends to in a day; 0 for the default.")
  private @Nullable String recipients;

  @Option(
      names = "--forwards",
      paramLabel = "N",
      description = "Most messages sent on for the user in a day; 0 for the default.")
  private @Nullable String forwards;

  @Option(
      names = "--received-max",
      paramLabel = "N",
      description = "Most messages the user receives in a minute; 0 for the default.")
  private @Nullable String receivedMax;

  @Option(
      names = "--encrypt",
      negatable = true,
      description = "Encrypt what is stored for the user's key.")
  private @Nullable Boolean encrypt;

  @Option(names = "--key", paramLabel = "FILE", description = "The user's OpenPGP key, as text.")
  private @Nullable Path key;

  List<UserChange> changes(CommandSpec spec) {
    var changes = new ArrayList<UserChange>();
    if (name != null) changes.add(new UserChange.Name(name));
    if (quota != null) changes.add(new UserChange.Quota(Quota.octets(spec, quota)));
    if (disabled != null) changes.add(new UserChange.Disabled(disabled));
    if (suspended != null) changes.add(new UserChange.Suspended(suspended));
    number(spec, "--spam-level", spamLevel, "0..100", UserChange.SpamLevel::new, changes);
    limit(spec, "--recipients", recipients, Kind.RECIPIENTS, changes);
    limit(spec, "--forwards", forwards, Kind.FORWARDS, changes);
    limit(spec, "--received-max", receivedMax, Kind.RECEIVED, changes);
    if (!targets.isEmpty()) changes.add(new UserChange.Targets(targets(spec)));
    if (!tags.isEmpty()) changes.add(new UserChange.Tags(unlessNone(tags)));
    if (key != null) changes.add(Usage.read(spec, text(spec, key), UserChange.PublicKey::new));
    if (encrypt != null) changes.add(new UserChange.Encryption(encrypt));
    return changes;
  }

  private List<ForwardTarget> targets(CommandSpec spec) {
    return unlessNone(targets).stream()
        .map(target -> Usage.read(spec, target, ForwardTarget::of))
        .toList();
  }

  private static void limit(
      CommandSpec spec, String option, @Nullable String text, Kind kind, List<UserChange> changes) {
    number(spec, option, text, NUMBER, most -> new UserChange.Limit(kind, most), changes);
  }

  private static void number(
      CommandSpec spec,
      String option,
      @Nullable String text,
      String expected,
      Function<Integer, UserChange> change,
      List<UserChange> changes) {
    if (text != null)
      changes.add(Usage.read(spec, option, text, expected, t -> change.apply(Integer.valueOf(t))));
  }

  private static List<String> unlessNone(List<String> words) {
    return words.equals(List.of("none")) ? List.of() : words;
  }

  private static String text(CommandSpec spec, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Usage.wrong(spec, "--key: cannot read " + file);
    }
  }
}
