package io.posthouse.edge.policy;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.Directory;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.RecipientVerdict;
import io.posthouse.edge.session.RecipientVerdict.Accepted;
import io.posthouse.edge.session.RecipientVerdict.Refused;
import io.posthouse.edge.session.Refusal;
import io.posthouse.message.Destination;
import io.posthouse.message.Recipient;
import io.posthouse.telemetry.Checked;
import java.util.List;
import java.util.Optional;

/// May mail go to a forward-path, and where would that be?
public record RecipientPolicy(
    Directory directory,
    OurNames names,
    RelayPolicy relay,
    SubmissionPolicy submission,
    MailboxLimits limits,
    ReturnedMail returned) {
  /// What those have passed who are taken, by what they are.
  static final List<Checked> KNOWN = List.of(Checked.passed("recipient"));

  static final List<Checked> FORWARDED =
      List.of(Checked.passed("recipient"), Checked.passed("disabled"));
  static final List<Checked> USER =
      List.of(Checked.passed("recipient"), Checked.passed("disabled"), Checked.passed("quota"));
  static final List<Checked> RELAYED = List.of(Checked.passed("relay"));
  static final Checked MAILBOX_RATE = Checked.passed("mailbox_rate");
  private static final Checked USER_QUOTA = Checked.passed("user_quota");

  static final Refusal DIRECTORY_UNAVAILABLE =
      Refusal.of("directory", 451, "4.3.0", "Cannot look that up right now, try again later");
  private static final Refusal NO_SUCH_USER =
      Refusal.of("recipient", 550, "5.1.1", "No such user here");
  private static final Refusal DISABLED =
      Refusal.of("disabled", 550, "5.2.1", "Mailbox is disabled");
  private static final Refusal RELAYING_DENIED =
      Refusal.of("relay", 550, "5.7.1", "We do not take mail for that domain from you");

  /// Blocks on the directory.
  public RecipientVerdict resolve(ForwardPath to, Link link, Visit visit) {
    var verdict =
        meant(to, visit)
            .map(address -> resolve(address, link, visit))
            .orElseGet(() -> new Refused(NO_SUCH_USER));
    return switch (verdict) {
      // Last, as it counts.
      case Accepted accepted ->
          submission
              .recipient(link)
              .<RecipientVerdict>map(Refused::new)
              .orElseGet(
                  () -> submission.countsRecipientsOf(link) ? accepted.and(USER_QUOTA) : accepted);
      case Refused refused -> refused;
    };
  }

  /// The same, or nothing where somebody had to be waited for.
  public Optional<RecipientVerdict> resolveAtOnce(ForwardPath to, Link link, Visit visit) {
    if (submission.countsRecipientsOf(link)) return Optional.empty();
    return meant(to, visit)
        .filter(address -> !returned.mayInclude(address))
        .flatMap(address ->
            directory
                .remembered(address)
                .filter(resolution -> limits.admitAtOnce(resolution, link, visit.client()))
                .flatMap(resolution ->
                    verdict(address, resolution, link, visit)
                        .map(verdict -> admitted(verdict, resolution, link, visit))));
  }

  /// Counts a message that was accepted.
  public void accepted(List<Destination> destinations, Link link) {
    limits.accepted(destinations, link, Visit.of(link.origin()).client());
  }

  private Optional<MailAddress> meant(ForwardPath to, Visit visit) {
    return switch (to) {
      case ForwardPath.Postmaster _ -> names.postmasterOfAll();
      case ForwardPath.Mailbox(var address) ->
          Optional.of(names.withoutLiteral(address, visit.here()));
    };
  }

  private RecipientVerdict resolve(MailAddress address, Link link, Visit visit) {
    var resolution = directory.resolve(address);
    if (returned.includes(address, isOurs(address, resolution)))
      return returned
          .sender(address)
          .map(sender -> toSender(sender, link, visit))
          .orElseGet(() -> new Refused(NO_SUCH_USER));
    return limits
        .refusal(resolution, link, visit.client())
        .<RecipientVerdict>map(Refused::new)
        .orElseGet(
            () -> admitted(somebody(address, resolution, link, visit), resolution, link, visit));
  }

  /// The same where the limits of a mailbox have been asked.
  private RecipientVerdict admitted(
      RecipientVerdict verdict, Resolution resolution, Link link, Visit visit) {
    return verdict instanceof Accepted accepted && limits.areAbout(resolution, link, visit.client())
        ? accepted.and(MAILBOX_RATE)
        : verdict;
  }

  private boolean isOurs(MailAddress address, Resolution resolution) {
    return names.domains().contains(address.domain())
        || !(resolution instanceof Resolution.NotLocal
            || resolution instanceof Resolution.Unavailable);
  }

  /// We have forwarded mail of this sender, wherever that is: what comes back goes there.
  private RecipientVerdict toSender(MailAddress sender, Link link, Visit visit) {
    var resolution = directory.resolve(sender);
    return resolution instanceof Resolution.NotLocal && !names.domains().contains(sender.domain())
        ? acceptedAs(sender, new Destination.Remote(sender.domain()), KNOWN)
        : somebody(sender, resolution, link, visit);
  }

  private RecipientVerdict somebody(
      MailAddress address, Resolution resolution, Link link, Visit visit) {
    return verdict(address, resolution, link, visit)
        .or(() -> names.postmaster().map(postmaster -> postmasterInstead(address, postmaster)))
        .orElseGet(() -> new Refused(NO_SUCH_USER));
  }

  /// Empty where nobody has the address, and somebody else may have to take its place.
  private Optional<RecipientVerdict> verdict(
      MailAddress address, Resolution resolution, Link link, Visit visit) {
    return switch (resolution) {
      case Resolution.LocalUser(var user, _) ->
          accepted(address, new Destination.Local(user), USER);
      case Resolution.Forwarded(var id, _, _) ->
          accepted(address, new Destination.Forwarded(id), FORWARDED);
      case Resolution.NoSuchUser _ -> nobody(address);
      case Resolution.Disabled _, Resolution.Closed _ -> refused(DISABLED);
      case Resolution.OverQuota _ -> refused(limits.full());
      case Resolution.Unavailable _ -> refused(DIRECTORY_UNAVAILABLE);
      case Resolution.NotLocal _ when names.domains().contains(address.domain()) -> nobody(address);
      case Resolution.NotLocal _ when relay.allows(link, visit.client()) ->
          accepted(address, new Destination.Remote(address.domain()), RELAYED);
      case Resolution.NotLocal _ -> refused(RELAYING_DENIED);
    };
  }

  /// Every domain has a postmaster (RFC 5321 §4.5.1), even if it is another's.
  private static Optional<RecipientVerdict> nobody(MailAddress address) {
    return OurNames.isPostmaster(address) ? Optional.empty() : refused(NO_SUCH_USER);
  }

  private RecipientVerdict postmasterInstead(MailAddress address, MailAddress postmaster) {
    return switch (directory.resolve(postmaster)) {
      case Resolution.LocalUser(var user, _) ->
          acceptedAs(address, new Destination.Local(user), USER);
      case Resolution.Forwarded(var id, _, _) ->
          acceptedAs(address, new Destination.Forwarded(id), FORWARDED);
      // A full or closed mailbox of our own postmaster is our own trouble.
      case Resolution.Disabled _,
          Resolution.Closed _,
          Resolution.OverQuota _,
          Resolution.Unavailable _ ->
          new Refused(DIRECTORY_UNAVAILABLE);
      case Resolution.NotLocal _ ->
          acceptedAs(postmaster, new Destination.Remote(postmaster.domain()), KNOWN);
      case Resolution.NoSuchUser _ -> new Refused(NO_SUCH_USER);
    };
  }

  private static Optional<RecipientVerdict> accepted(
      MailAddress address, Destination destination, List<Checked> passed) {
    return Optional.of(acceptedAs(address, destination, passed));
  }

  private static Optional<RecipientVerdict> refused(Refusal refusal) {
    return Optional.of(new Refused(refusal));
  }

  private static RecipientVerdict acceptedAs(
      MailAddress address, Destination destination, List<Checked> passed) {
    return new Accepted(new Recipient(address, destination), passed);
  }
}
