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
import io.posthouse.storage.rules.AddressRules;
import io.posthouse.storage.rules.RuleBook;
import java.io.IOException;
import java.util.Optional;

/// Looks up where the mail of an address goes, and sends it there.
public final class Redirection implements Redirector {
  private final RuleBook book;
  private final Forwards forwards;

  public Redirection(RuleBook book, Forwards forwards) {
    this.book = book;
    this.forwards = forwards;
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
  }

  private static MailAddress at(Envelope message, AddressId address) {
    return message.recipients().stream()
        .filter(to -> to.destination().equals(new Destination.Forwarded(address)))
        .map(Recipient::address)
        .findFirst()
        .orElseThrow();
  }
}
