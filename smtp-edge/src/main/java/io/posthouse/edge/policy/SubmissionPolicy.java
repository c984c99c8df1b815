package io.posthouse.edge.policy;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.Account;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import io.posthouse.edge.policy.SubmissionSettings.Ownership;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.Refusal;
import io.posthouse.message.QueueId;
import io.posthouse.tally.Tallies;
import io.posthouse.tally.Tallies.Entry;
import io.posthouse.tally.Tally;
import io.posthouse.telemetry.Checked;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.MailEvent;
import java.time.Duration;
import java.util.Optional;

/// What our users may do once they have logged in: send as themselves, and so much of it. Whoever
/// has not logged in is none of its business.
///
/// What a user sends is counted when it is accepted at MAIL and at RCPT, by all nodes together;
/// nothing is given back where the message comes to nothing, or a stolen password would have a way
/// round. Over a limit we say 450 4.7.1. It is no matter of our storage or of this one transaction,
/// as 452 would say, after which clients send the rest at once; and not 550, for it passes.
public final class SubmissionPolicy {
  private static final Tally MESSAGES = new Tally("submission_messages", Duration.ofHours(1));
  private static final Tally RECIPIENTS = new Tally("submission_recipients", Duration.ofDays(1));

  private static final String OWNERSHIP = "ownership";
  private static final Checked OWN = Checked.passed(OWNERSHIP);

  private final SubmissionSettings settings;
  private final Tallies tallies;
  private final Events events;

  public SubmissionPolicy(SubmissionSettings settings, Tallies tallies, Events events) {
    this.settings = settings;
    this.tallies = tallies;
    this.events = events;
  }

  /// Why a user may not send as somebody; empty where that is the user itself.
  Optional<Refusal> foreign(MailAddress sender, Resolution resolution, Link link) {
    if (link.account().isEmpty() || owns(link.account().get(), resolution)) return Optional.empty();
    return switch (settings.sender()) {
      case OFF -> Optional.empty();
      case OBSERVE -> {
        record(link.account().get(), sender, Optional.empty(), link);
        yield Optional.empty();
      }
      case ENFORCE -> Optional.of(foreign(sender));
    };
  }

  private static Refusal foreign(MailAddress sender) {
    return Refusal.of(OWNERSHIP, 553, "5.7.1", "<" + sender + "> is no address of yours");
  }

  /// What is to be told of whether a sender that was let is the user; empty where nobody asks.
  Optional<Checked> ownership(MailAddress sender, Resolution resolution, Link link) {
    return link.account()
        .filter(_ -> settings.sender() != Ownership.OFF)
        .map(account ->
            owns(account, resolution) ? OWN : Checked.observed(OWNERSHIP, foreign(sender).reply()));
  }

  /// Whether the authors of what somebody sends are looked at.
  boolean observesAuthors(Link link) {
    return settings.observesFrom() && link.account().isPresent();
  }

  /// Tells of an author that is not the user.
  void observe(MailAddress author, Resolution resolution, QueueId message, Link link) {
    link.account()
        .filter(account -> !owns(account, resolution))
        .ifPresent(account -> record(account, author, Optional.of(message), link));
  }

  private void record(Account account, MailAddress sender, Optional<QueueId> message, Link link) {
    var client = link.origin().client().address();
    events.record(new MailEvent.ForeignSender(message, account.name(), sender, client));
  }

  /// Whether counting would have to wait.
  boolean countsMessagesOf(Link link) {
    return link.account().isPresent() && settings.messagesPerHour() > 0;
  }

  boolean countsRecipientsOf(Link link) {
    return link.account().filter(account -> recipientsPerDay(account) > 0).isPresent();
  }

  /// Counts a message, unless it is one too many. Blocks on the others' counts.
  Optional<Refusal> message(Link link) {
    return link.account()
        .filter(_ -> settings.messagesPerHour() > 0)
        .filter(account -> isOneTooMany(MESSAGES, account, settings.messagesPerHour()))
        .map(_ ->
            Refusal.of("user_rate", 450, "4.7.1", "You have sent too much for now, wait an hour"));
  }

  /// Counts a recipient, unless it is one too many. Blocks on the others' counts.
  Optional<Refusal> recipient(Link link) {
    return link.account()
        .filter(account -> recipientsPerDay(account) > 0)
        .filter(account -> isOneTooMany(RECIPIENTS, account, recipientsPerDay(account)))
        .map(_ ->
            Refusal.of(
                "user_quota", 450, "4.7.1", "You have sent to too many for now, wait a day"));
  }

  private boolean isOneTooMany(Tally tally, Account account, long limit) {
    var entry = new Entry(tally, account.id().hex());
    if (tallies.add(entry, 1) <= limit) return false;
    // What was refused was not sent.
    tallies.add(entry, -1);
    return true;
  }

  private long recipientsPerDay(Account account) {
    return account.recipientsPerDay() > 0
        ? account.recipientsPerDay()
        : settings.recipientsPerDay();
  }

  static boolean owns(Account account, Resolution resolution) {
    return switch (resolution) {
      case Resolution.LocalUser(var owner, _) -> is(account, owner);
      case Resolution.OverQuota(var owner) -> is(account, owner);
      case Resolution.Disabled(var owner) -> is(account, owner);
      case Resolution.Forwarded _,
          Resolution.Closed _,
          Resolution.NoSuchUser _,
          Resolution.NotLocal _ ->
          false;
      // Nobody knows, and the sender is turned away for that.
      case Resolution.Unavailable _ -> true;
    };
  }

  private static boolean is(Account account, UserId owner) {
    return account.id().equals(owner);
  }
}
