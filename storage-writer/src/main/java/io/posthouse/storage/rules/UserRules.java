package io.posthouse.storage.rules;

import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.telemetry.MissingFeature;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All that a user wants done with mail.
///
/// @param spamLevel 0: all is spam; 100: nothing is; between: mail of this score and above
/// @param tags in lower case: what allows and blocks domains for several users at once
/// @param filters in their order, without those that are switched off
/// @param targets whom all mail is forwarded to
/// @param forwardsPerDay most of them
/// @param encryptsForwards what is forwarded is to be encrypted
/// @param absence how the user answers, if at all
/// @param relaysAll what the user sends goes through a relay of its own
/// @param auditedUntil until when copies of all mail are kept for an auditor, if they are
public record UserRules(
    int spamLevel,
    Set<String> tags,
    List<Filter> filters,
    List<Target> targets,
    long forwardsPerDay,
    boolean encryptsForwards,
    Optional<Absence> absence,
    boolean relaysAll,
    Optional<Instant> auditedUntil) {
  /// WildDuck's own limit.
  public static final long FORWARDS_PER_DAY = 2_000;

  /// Between mail that nobody suspects and mail that everybody does.
  public static final int SPAM_LEVEL = 50;

  /// Of a user who said nothing.
  public static final UserRules NONE =
      new UserRules(SPAM_LEVEL, Set.of(), List.of(), List.of(), FORWARDS_PER_DAY);

  /// Of a user who answers mail in person.
  public UserRules(
      int spamLevel,
      Set<String> tags,
      List<Filter> filters,
      List<Target> targets,
      long forwardsPerDay) {
    this(
        spamLevel,
        tags,
        filters,
        targets,
        forwardsPerDay,
        false,
        Optional.empty(),
        false,
        Optional.empty());
  }

  public UserRules {
    tags = Set.copyOf(tags);
    filters = List.copyOf(filters);
    targets = List.copyOf(targets);
    if (spamLevel < 0 || spamLevel > 100)
      throw new IllegalArgumentException("spam level: " + spamLevel + " (expected: 0..100)");
    if (forwardsPerDay < 1)
      throw new IllegalArgumentException(
          "forwards per day: " + forwardsPerDay + " (expected: 1 or more)");
  }

  /// What of all this we do not know how to do with a message that comes at that time.
  public Set<MissingFeature> missing(Instant at) {
    var missing = EnumSet.noneOf(MissingFeature.class);
    var goesOn = allTargets().findAny().isPresent();
    if (auditedUntil.filter(end -> !at.isAfter(end)).isPresent()) missing.add(MissingFeature.AUDIT);
    if (encryptsForwards && goesOn) missing.add(MissingFeature.ENCRYPTED_FORWARDS);
    if (isTarget("relay")) missing.add(MissingFeature.RELAY_TARGET);
    if (isTarget("http")) missing.add(MissingFeature.HTTP_TARGET);
    if (relaysAll && (goesOn || absence.isPresent())) missing.add(MissingFeature.OWN_RELAY);
    return missing;
  }

  private boolean isTarget(String type) {
    return allTargets().anyMatch(target -> target.type().equals(type));
  }

  private Stream<Target> allTargets() {
    var ofFilters = filters.stream().flatMap(filter -> filter.actions().targets().stream());
    return Stream.concat(targets.stream(), ofFilters);
  }
}
