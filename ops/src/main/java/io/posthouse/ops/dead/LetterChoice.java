package io.posthouse.ops.dead;

import io.posthouse.message.QueueId;
import io.posthouse.ops.cli.Usage;
import io.posthouse.queue.DeadLetter;
import io.posthouse.queue.MalformedRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which dead letters a command is about.
final class LetterChoice {
  private static final Pattern PLACE = Pattern.compile("\\d{1,9}@\\d{1,18}");

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Letters as `dead list` names them, or queue ids.")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--all", description = "All of them.")
  private boolean all;

  private final Set<String> missing = new HashSet<>();

  /// Refuses what names no letter, and nothing at all.
  void check(CommandSpec spec) {
    if (ids.isEmpty() != all) throw Usage.wrong(spec, "expected: letters, or --all");
    for (var id : ids) {
      if (!PLACE.matcher(id).matches()) {
        var _ = Usage.read(spec, "ID", id, "PARTITION@OFFSET or a queue id", QueueId::new);
      }
    }
    missing.addAll(ids);
  }

  boolean includes(DeadLetter letter) {
    if (all) return true;
    var names = names(letter);
    missing.removeAll(names);
    return names.stream().anyMatch(ids::contains);
  }

  /// What was asked for and never seen.
  Set<String> missing() {
    return Set.copyOf(missing);
  }

  private static Set<String> names(DeadLetter letter) {
    try {
      return Set.of(letter.id(), letter.envelope().queueId().text());
    } catch (MalformedRecord unreadable) {
      return Set.of(letter.id());
    }
  }
}
