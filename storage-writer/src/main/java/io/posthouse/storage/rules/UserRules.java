package io.posthouse.storage.rules;

import io.posthouse.storage.mailbox.Placement.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that a user wants done with mail.
///
/// @param spamLevel 0: all is spam; 100: nothing is; between: mail of this score and above
/// @param tags in lower case: what allows and blocks domains for several users at once
/// @param filters in their order, without those that are switched off
/// @param targets whom all mail is forwarded to
/// @param forwardsPerDay most of them
/// @param encryptsForwards what is forwarded is to be encrypted
/// @param absence how the user answers, if at all
public record UserRules(
    int spamLevel,
    Set<String> tags,
    List<Filter> filters,
    List<Target> targets,
    long forwardsPerDay,
    boolean encryptsForwards,
    Optional<Absence> absence) {
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
    this(spamLevel, tags, filters, targets, forwardsPerDay, false, Optional.empty());
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
}
