package io.posthouse.storage.outbound;

import io.posthouse.address.MailAddress;
import io.posthouse.directory.AddressId;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.message.Recipient;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.storage.mailbox.Redirector;
import io.posthouse.storage.outbound.Forwards.Terms;
import io.posthouse.storage.rules.Absence;
import io.posthouse.storage.rules.AddressRules;
import io.posthouse.storage.rules.Autoreply;
import io.posthouse.storage.rules.RuleBook;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Looks up where the mail of an address goes, sends it there, and answers it if the address does.
public final class Redirection implements Redirector {
  private final RuleBook book;
  private final Forwards forwards;
  private final Autoreplies autoreplies;

  public Redirection(RuleBook book, Forwards forwards, Autoreplies autoreplies) {
    this.book = book;
    this.forwards = forwards;
    this.autoreplies = autoreplies;
  }

  @Override
  public Optional<String> redirect(Envelope message, AddressId address, Octets sent)
      throws IOException, Closed {
    var rules = book.address(address);
    if (rules.isEmpty()) return Optional.of("address " + address + " was deleted since");
    if (rules.get().disabled()) return Optional.of("address " + address + " is disabled");
    if (rules.get().targets().stream().noneMatch(Forwards::isSupported))
      return Optional.of("address " + address + " has no target that we can forward to");
    send(new Passing(message, at(message, address), sent), address, rules.get());
    return Optional.empty();
  }

  private void send(Passing message, AddressId address, AddressRules rules)
      throws IOException, Closed {
    var terms = new Terms(address.hex(), rules.forwardsPerDay(), true);
    for (var target : rules.targets()) forwards.send(message, target, terms);
    if (rules.autoreply().isPresent()) answer(message, rules.autoreply().get());
  }

  /// From the address that was written to: of a wildcard that is one of many.
  private void answer(Passing message, Autoreply autoreply) throws IOException, Closed {
    var absence = new Absence(message.at(), List.of(message.at()), autoreply);
    var to = autoreplies.answersTo(message, absence);
    if (to.isPresent()) autoreplies.answer(message, Optional.empty(), absence, to.get());
  }

  private static MailAddress at(Envelope message, AddressId address) {
    return message.recipients().stream()
        .filter(to -> to.destination().equals(new Destination.Forwarded(address)))
        .map(Recipient::address)
        .findFirst()
        .orElseThrow();
  }
}
