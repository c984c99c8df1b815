package io.posthouse.storage.rules;

import static java.util.stream.Collectors.toSet;

import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Placement.Mark;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.storage.rules.Classification.Source;
import io.posthouse.storage.rules.Filter.Actions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Applies a user's rules to a message: of each action, the first that says something wins; targets
/// add up. What allows or blocks a domain comes before the filters, the spam level after them.
public final class Judge {
  private final UserRules rules;
  private final Optional<DomainAccess> access;
  private final List<Filter> matching;
  private final int score;

  private Judge(UserRules rules, Optional<DomainAccess> access, Mail mail, int score) {
    this.rules = rules;
    this.access = access;
    this.matching = rules.filters().stream().filter(f -> f.conditions().match(mail)).toList();
    this.score = score;
  }

  /// What becomes of the message.
  ///
  /// @param access of the author's domain
  /// @param score how much like spam it is, 0..100
  public static Decision decide(
      UserRules rules, Optional<DomainAccess> access, Mail mail, int score) {
    return new Judge(rules, access, mail, score).decision();
  }

  private Decision decision() {
    var classification = classification();
    var spam = classification.filter(Classification::spam).isPresent();
    return new Decision(
        first(Actions::mailbox).orElse(spam ? new Folder.Junk() : new Folder.Inbox()),
        marks(),
        matched(),
        // Who forwards spam is taken for who sends it.
        spam ? List.of() : targets(),
        first(Actions::delete).orElse(false),
        classification);
  }

  private Optional<Classification> classification() {
    return access
        .map(a -> new Classification(a.blocked(), Source.DOMAINACCESS, a.note()))
        .or(this::byFilter)
        .or(this::byLevel);
  }

  private Optional<Classification> byFilter() {
    return matching.stream()
        .flatMap(f -> f.actions().spam().map(s -> byFilter(f, s)).stream())
        .findFirst();
  }

  private static Classification byFilter(Filter filter, boolean spam) {
    return new Classification(spam, Source.FILTER, filter.id());
  }

  /// Below the user's level nothing was decided.
  private Optional<Classification> byLevel() {
    var level = rules.spamLevel();
    if (level == 100 || score < level) return Optional.empty();
    var info = "score " + score + ", level " + level;
    return Optional.of(new Classification(true, Source.SPAMLEVEL, info));
  }

  private Set<Mark> marks() {
    return Stream.of(
            first(Actions::seen).filter(on -> on).map(_ -> Mark.SEEN),
            first(Actions::flag).filter(on -> on).map(_ -> Mark.FLAGGED))
        .flatMap(Optional::stream)
        .collect(toSet());
  }

  private List<String> matched() {
    var matched = new ArrayList<String>();
    access.ifPresent(a -> matched.add(a.note()));
    matching.forEach(filter -> matched.add(filter.id()));
    return matched;
  }

  private List<Target> targets() {
    var ofFilters = matching.stream().flatMap(filter -> filter.actions().targets().stream());
    return Stream.concat(rules.targets().stream(), ofFilters).distinct().toList();
  }

  private <T> Optional<T> first(Function<Actions, Optional<T>> action) {
    return matching.stream().flatMap(f -> action.apply(f.actions()).stream()).findFirst();
  }
}
