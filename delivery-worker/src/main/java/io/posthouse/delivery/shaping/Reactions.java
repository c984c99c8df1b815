package io.posthouse.delivery.shaping;

import io.posthouse.address.Domain;
import io.posthouse.config.Settings;
import io.posthouse.delivery.routing.MailRoutes.Route;
import io.posthouse.delivery.shaping.Reaction.Action;
import io.posthouse.smtp.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is done about refusals beyond what their codes say: the operator's lines in their order,
/// then ours; the first that matches. Pure.
public final class Reactions {
  /// Well-known ways to say "you are too fast". A transaction with too many recipients (452 4.5.3)
  /// is not among them: it goes again at once, for fewer.
  private static final List<ReactionRule> OURS =
      List.of(
          ours("421", "4.7.28", "", "unusual-rate", slow("10/1m", 30)),
          ours(
              "421",
              "",
              "too many (concurrent |simultaneous |open )?(smtp )?(connections|sessions)"
                  + "|(connection|session)s? (count )?(limit|exceed)",
              "too-many-connections",
              slow("unlimited", 10)),
          ours(
              "4xx",
              "4.7.*",
              "rate.?limit|too (fast|many|much)|throttl|exceeded|unusual rate",
              "rate-limited",
              slow("60/1m", 15)),
          ours("421", "4.7.0", "try again later|temporar", "try-later", slow("unlimited", 5)));

  private final List<ReactionRule> rules;

  private Reactions(List<ReactionRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// The operator's `reactions`, and ours unless `built_in_reactions` is off.
  public static Reactions read(Settings delivery) {
    var theirs = delivery.sections("reactions", ReactionRule::read);
    var ours =
        delivery
            .about("whether well-known complaints about our speed slow us down")
            .bool("built_in_reactions", true);
    return new Reactions(
        Stream.concat(theirs.stream(), ours ? OURS.stream() : Stream.of()).toList());
  }

  /// What is done about a refusal by a host of `route`.
  public Optional<Reaction> to(Reply reply, Domain domain, Route route) {
    var hosts = Shaping.hosts(route);
    return rules.stream()
        .filter(rule -> rule.isFor(domain, hosts, reply))
        .findFirst()
        .map(ReactionRule::reaction);
  }

  private static ReactionRule ours(
      String code, String status, String text, String name, Action action) {
    return new ReactionRule(
        Optional.empty(),
        new ReplyPattern(
            Optional.of(code),
            Optional.of(status).filter(s -> !s.isEmpty()),
            Optional.of(text).filter(t -> !t.isEmpty()).map(ReplyPattern::text)),
        new Reaction(name, action));
  }

  private static Action slow(String rate, int minutes) {
    return new Action.Slow(Rate.parse(rate), Duration.ofMinutes(minutes));
  }
}
