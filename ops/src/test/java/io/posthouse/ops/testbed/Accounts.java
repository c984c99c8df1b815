package io.posthouse.ops.testbed;

import io.posthouse.smtp.ScriptedMx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What became of a load: every message is acknowledged or not, and has arrived or not.
public final class Accounts {
  private final MailLoad load;
  private final Mailboxes mailboxes;
  private final ScriptedMx world;
  private final long before;

  /// To be opened before the load is started, while nothing else arrives.
  public Accounts(MailLoad load, Mailboxes mailboxes, ScriptedMx world) {
    this.load = load;
    this.mailboxes = mailboxes;
    this.world = world;
    before = copies();
  }

  /// How many copies have arrived since, in mailboxes and at hosts. Cheap.
  public long arrived() {
    return copies() - before;
  }

  /// Returns when every acknowledged message has arrived.
  public void awaitEverythingAcknowledged() {
    Eventually.holds("as many arrive", () -> arrived() >= load.acknowledged().size());
    Eventually.passes(
        "all that was acknowledged arrives",
        () -> {
          var missing = new HashSet<>(load.acknowledged());
          missing.removeAll(all());
          if (!missing.isEmpty())
            throw new AssertionError(missing.size() + " missing, such as " + first(missing));
        });
  }

  /// Copies beyond the first in mailboxes.
  public int repeatedInMailboxes() {
    return repeated(stored());
  }

  /// Copies beyond the first at hosts.
  public int repeatedAtHosts() {
    return repeated(delivered());
  }

  /// Messages that have arrived although their client was not told so.
  public int neverAcknowledged() {
    var all = new HashSet<>(all());
    all.removeAll(load.acknowledged());
    return all.size();
  }

  @Override
  public String toString() {
    return "%d acknowledged, %d stored (%d twice), %d delivered (%d twice), %d not acknowledged"
        .formatted(
            load.acknowledged().size(),
            stored().size(),
            repeatedInMailboxes(),
            delivered().size(),
            repeatedAtHosts(),
            neverAcknowledged());
  }

  private long copies() {
    return mailboxes.count() + world.messages().size();
  }

  private Set<String> all() {
    var all = new HashSet<>(stored());
    all.addAll(delivered());
    return all;
  }

  private List<String> stored() {
    return mailboxes.ids().stream().filter(load::isOurs).toList();
  }

  private List<String> delivered() {
    var ids = new ArrayList<String>();
    for (var message : world.messages())
      SampleMessage.id(message.wire().toArray()).filter(load::isOurs).ifPresent(ids::add);
    return ids;
  }

  private static int repeated(List<String> ids) {
    return ids.size() - new HashSet<>(ids).size();
  }

  private static String first(Set<String> ids) {
    return ids.stream().sorted().findFirst().orElse("");
  }
}
