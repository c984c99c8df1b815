package io.posthouse.ops.queue;

import io.posthouse.kafka.ReplayPlan;
import io.posthouse.kafka.ReplayPlan.Also;
import io.posthouse.ops.cli.Moment;
import io.posthouse.ops.cli.Usage;
import io.posthouse.queue.Criterion;
import io.posthouse.queue.DeadLetter;
import io.posthouse.queue.MalformedRecord;
import io.posthouse.queue.QueueFilter;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// What of the log is to be replayed.
final class ReplaySpan {
  @Option(
      names = "--topic",
      paramLabel = "local|remote|dead",
      description = "What: mail for mailboxes, mail for the world, or what we could not handle.")
  private @Nullable Topic topic;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "What came from then on: 2026-03-02T08:00:00Z, or 4h for so long ago.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Up to then; now if left out.")
  private @Nullable String to;

  @Option(
      names = "--include-delivered",
      description = "Remote mail also for recipients whose hosts have taken it.")
  private boolean includeDelivered;

  @Option(
      names = "--include-given-up",
      description = "Also for those for whom an operator has bounced or dropped it.")
  private boolean includeGivenUp;

  @Mixin private FilterOptions filter = new FilterOptions();

  /// What can be replayed.
  enum Topic {
    LOCAL,
    REMOTE,
    DEAD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param topic where it is read
  record Read(Topic topic, Instant from, Instant to, QueueFilter filter, Instant now) {
    String text() {
      return topic + " from " + from + " to " + to + ", " + filter.text();
    }

    /// What nobody can read is not among what a filter means.
    boolean means(DeadLetter letter) {
      if (letter.buried().isBefore(from) || !letter.buried().isBefore(to)) return false;
      try {
        return filter.matches(letter.envelope(), now);
      } catch (MalformedRecord unreadable) {
        return filter.isEverything();
      }
    }
  }

  boolean isEmpty(CommandSpec spec) {
    return topic == null
        && from == null
        && to == null
        && filter.read(spec).isEverything()
        && also().isEmpty();
  }

  Read read(CommandSpec spec, Instant clock) {
    var now = Moment.millis(clock);
    if (topic == null || from == null)
      throw Usage.wrong(spec, "expected: --topic and --from, or --resume");
    var begin = time(spec, "--from", from, now);
    var end = to == null ? now : time(spec, "--to", to, now);
    if (topic == Topic.DEAD) refuseMore(spec);
    if (!begin.isBefore(end)) throw Usage.wrong(spec, "--from: not before the end of the span");
    return new Read(topic, begin, end, filter(topic, spec), now);
  }

  private QueueFilter filter(Topic read, CommandSpec spec) {
    var meant = filter.read(spec);
    // What is replayed is what was accepted, as it was then.
    if (read != Topic.DEAD)
      for (var criterion : meant.criteria())
        if (isOfAttempts(criterion))
          throw Usage.wrong(
              spec, criterion.text() + ": nobody had tried it (expected: with --topic dead)");
    return meant;
  }

  private void refuseMore(CommandSpec spec) {
    var nobody = ": nobody is left out of a dead letter (expected: with --topic ";
    if (includeDelivered) throw Usage.wrong(spec, "--include-delivered" + nobody + "remote)");
    if (includeGivenUp) throw Usage.wrong(spec, "--include-given-up" + nobody + "local or remote)");
  }

  private static boolean isOfAttempts(Criterion criterion) {
    return criterion instanceof Criterion.Site || criterion instanceof Criterion.Reply;
  }

  ReplayPlan plan(Read span, ReplayPlan.Source source) {
    return new ReplayPlan(source, span.from(), span.to(), span.filter(), also(), span.now());
  }

  private Set<Also> also() {
    var also = EnumSet.noneOf(Also.class);
    if (includeDelivered) also.add(Also.DELIVERED);
    if (includeGivenUp) also.add(Also.GIVEN_UP);
    return also;
  }

  private static Instant time(CommandSpec spec, String option, String text, Instant now) {
    return Usage.read(
        spec, option, text, "a time, or an age such as 4h", given -> Moment.ago(given, now));
  }
}
