package io.posthouse.delivery.shaping;

import io.posthouse.address.Domain;
import io.posthouse.config.Form;
import io.posthouse.config.Settings;
import io.posthouse.delivery.shaping.Reaction.Action;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.ReactionKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A line of the table of reactions.
///
/// @param target empty for everybody
record ReactionRule(Optional<Target> target, ReplyPattern pattern, Reaction reaction) {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration USUAL = Duration.ofMinutes(10);

  static ReactionRule read(Settings in) {
    return new ReactionRule(Target.optional(in), pattern(in), new Reaction(name(in), action(in)));
  }

  boolean isFor(Domain domain, List<Domain> hosts, Reply reply) {
    return target.stream().allMatch(one -> one.fit(domain, hosts).isPresent())
        && pattern.matches(reply);
  }

  private static String name(Settings in) {
    return in.about("as in events")
        .required("name", Form.matching("[a-z0-9][a-z0-9-]{0,39}", "a word like too-many"), "any");
  }

  private static ReplyPattern pattern(Settings in) {
    var pattern =
        new ReplyPattern(
            in.about("of the reply")
                .optional("code", Form.of("like 421, 45x or 4xx", ReplyPattern::code)),
            in.about("the enhanced one, of the reply")
                .optional("status", Form.of("like 4.7.28 or 4.7.*", ReplyPattern::status)),
            in.about("found anywhere in the text of the reply, in any case")
                .optional("text", Form.of("a regular expression", ReplyPattern::text)));
    if (!in.isWritten("code") && !in.isWritten("status") && !in.isWritten("text"))
      in.problem("code", "missing (expected: code, status or text)");
    return pattern;
  }

  private static Action action(Settings in) {
    var kind =
        in.about("what is done").required("do", Form.choice(ReactionKind.class), ReactionKind.SLOW);
    var rate =
        in.about("of messages, where do is slow")
            .value("rate", Form.of("such as 100/1m, or unlimited", Rate::parse), Rate.UNLIMITED);
    var time =
        in.about("how long, where do is slow or suspend")
            .duration("for", Duration.ofSeconds(1), LONGEST, USUAL);
    return switch (kind) {
      case SLOW -> new Action.Slow(rate, time);
      case SUSPEND -> new Action.Suspend(time);
      case ELSEWHERE -> new Action.Elsewhere();
      case DEFER -> new Action.Defer();
      case BOUNCE -> new Action.Bounce();
    };
  }
}
