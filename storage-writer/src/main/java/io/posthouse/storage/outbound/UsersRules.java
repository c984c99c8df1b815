package io.posthouse.storage.outbound;

import static java.util.stream.Collectors.toSet;

import io.posthouse.address.Domain;
import io.posthouse.address.MailAddress;
import io.posthouse.directory.UserId;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Placement;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Rules;
import io.posthouse.storage.outbound.Forwards.Terms;
import io.posthouse.storage.rules.Classification;
import io.posthouse.storage.rules.Decision;
import io.posthouse.storage.rules.DomainAccess;
import io.posthouse.storage.rules.Judge;
import io.posthouse.storage.rules.Mail;
import io.posthouse.storage.rules.RuleBook;
import io.posthouse.storage.rules.SpamScore;
import io.posthouse.storage.rules.UserRules;
import io.posthouse.telemetry.MailEvent;
import io.posthouse.telemetry.MissingFeature;
import io.posthouse.telemetry.SortedTo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the rule book about the users of a batch, and does as it says.
public final class UsersRules implements Rules {
  private final RuleBook book;
  private final Forwards forwards;
  private final Autoreplies autoreplies;
  private final boolean handsOver;

  /// @param handsOver whether mail of users who have what we do not know goes to somebody who does
  public UsersRules(RuleBook book, Forwards forwards, Autoreplies autoreplies, boolean handsOver) {
    this.book = book;
    this.forwards = forwards;
    this.autoreplies = autoreplies;
    this.handsOver = handsOver;
  }

  /// A delivery with the rules of its user.
  private record Case(Delivery delivery, UserRules rules, Mail mail) {
    Case(Delivery delivery, UserRules rules) {
      this(delivery, rules, Mail.of(delivery.message()));
    }

    Set<MissingFeature> missing() {
      return rules.missing(delivery.envelope().arrived());
    }

    Optional<Domain> domain() {
      return rules.tags().isEmpty() ? Optional.empty() : mail.author().map(MailAddress::domain);
    }
  }

  @Override
  public List<Verdict> judge(List<Delivery> batch) throws IOException {
    var rules = book.rules(batch.stream().map(Delivery::user).collect(toSet()));
    var cases = batch.stream().map(d -> new Case(d, rulesOf(d.user(), rules))).toList();
    var access = access(cases);
    return cases.stream().map(c -> verdict(c, access)).toList();
  }

  private static UserRules rulesOf(UserId user, Map<UserId, UserRules> rules) {
    return rules.getOrDefault(user, UserRules.NONE);
  }

  private List<DomainAccess> access(List<Case> cases) throws IOException {
    var tags = new HashSet<String>();
    var domains = new HashSet<Domain>();
    for (var each : cases) {
      tags.addAll(each.rules().tags());
      each.domain().ifPresent(domains::add);
    }
    return book.access(tags, domains);
  }

  private Verdict verdict(Case of, List<DomainAccess> accesses) {
    // All of such a user's mail goes one way: two would number messages in one folder at a time.
    if (handsOver && !of.missing().isEmpty()) return new Verdict.HandOver(of.missing());
    var delivery = of.delivery();
    var score = SpamScore.of(delivery.envelope().trace());
    var decision = Judge.decide(of.rules(), access(of, accesses), of.mail(), score);
    var sequel = sequel(of, decision);
    if (decision.dropped()) return new Verdict.Drop(event(delivery, decision), sequel);
    var events = events(of, decision);
    if (events.isEmpty() && sequel.isEmpty()) return new Verdict.Keep(delivery);
    return new Verdict.Keep(delivery.placed(placement(of, decision)), events, sequel);
  }

  private static List<MailEvent> events(Case of, Decision decision) {
    var delivery = of.delivery();
    var events = new ArrayList<MailEvent>();
    if (!decision.isPlain()) events.add(event(delivery, decision));
    if (!of.missing().isEmpty())
      events.add(
          new MailEvent.Unsupported(delivery.envelope().queueId(), delivery.user(), of.missing()));
    return events;
  }

  /// Spam is neither sent on nor answered.
  private Optional<Sequel> sequel(Case of, Decision decision) {
    if (decision.isSpam()) return Optional.empty();
    var answer = answer(of);
    if (decision.targets().isEmpty()) return answer;
    var terms =
        new Terms(
            of.delivery().user().hex(),
            of.rules().forwardsPerDay(),
            !of.rules().encryptsForwards());
    var message = Passing.of(of.delivery());
    return Optional.of(new Onward(forwards, message, decision.targets(), terms, answer));
  }

  private Optional<Sequel> answer(Case of) {
    var absence = of.rules().absence();
    if (absence.isEmpty()) return Optional.empty();
    var message = Passing.of(of.delivery());
    var user = Optional.of(of.delivery().user());
    return autoreplies
        .answersTo(message, absence.get())
        .map(to -> () -> autoreplies.answer(message, user, absence.get(), to));
  }

  private static Placement placement(Case of, Decision decision) {
    var delivery = of.delivery();
    var id = delivery.envelope().queueId();
    var outbound =
        decision.targets().stream()
            .filter(target -> !of.rules().encryptsForwards() && Forwards.isSupported(target))
            .map(target -> Forwards.id(id, delivery.address(), target))
            .toList();
    return decision.placement(outbound);
  }

  private static Optional<DomainAccess> access(Case of, List<DomainAccess> accesses) {
    var domain = of.domain();
    if (domain.isEmpty()) return Optional.empty();
    return accesses.stream()
        .filter(a -> of.rules().tags().contains(a.tag()) && a.domain().equals(domain.get()))
        .findFirst();
  }

  private static MailEvent event(Delivery delivery, Decision decision) {
    var by = new ArrayList<>(decision.matched());
    decision
        .classification()
        .map(Classification::info)
        .filter(i -> !by.contains(i))
        .ifPresent(by::add);
    return new MailEvent.Sorted(
        delivery.envelope().queueId(), delivery.user(), result(decision), by);
  }

  private static SortedTo result(Decision decision) {
    if (decision.dropped()) return SortedTo.NOTHING;
    return switch (decision.folder()) {
      case Folder.Inbox() -> SortedTo.INBOX;
      case Folder.Junk() -> SortedTo.JUNK;
      case Folder.ById _ -> SortedTo.FOLDER;
    };
  }
}
