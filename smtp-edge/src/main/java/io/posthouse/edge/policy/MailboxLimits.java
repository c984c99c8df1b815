package io.posthouse.edge.policy;

import io.posthouse.config.Network;
import io.posthouse.directory.AddressId;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.directory.UserId;
import io.posthouse.edge.session.Link;
import io.posthouse.edge.session.Refusal;
import io.posthouse.message.Destination;
import io.posthouse.tally.Tallies.Entry;
import io.posthouse.tally.Tally;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How much mail one of our users gets in a while, and how much of it from one client; likewise how
/// much goes on from an address that is forwarded. What was accepted counts, and nothing else.
///
/// Over a limit we say 450 4.2.1: the mail is welcome later. Our own networks, and users who have
/// logged in, have other limits.
public final class MailboxLimits {
  private static final Tally OF_USER = new Tally("received", Duration.ofMinutes(1));
  private static final Tally FROM_ONE = new Tally("received_from_one", Duration.ofHours(1));
  private static final Tally OF_ADDRESS = new Tally("forwarded", Duration.ofDays(1));
  private static final Refusal FULL_NOW = Refusal.of("quota", 452, "4.2.2", "Mailbox is full");
  private static final Refusal FULL = Refusal.of("quota", 552, "5.2.2", "Mailbox is full");
  private static final Refusal TOO_FAST =
      Refusal.of("mailbox_rate", 450, "4.2.1", "Gets too much mail for now, try again later");

  private final MailboxSettings settings;
  private final List<Network> exempt;
  private final SharedCounts counts;

  /// @param exempt networks whose clients are not counted
  public MailboxLimits(MailboxSettings settings, List<Network> exempt, SharedCounts counts) {
    this.settings = settings;
    this.exempt = List.copyOf(exempt);
    this.counts = counts;
  }

  private record Limit(Entry entry, long most) {}

  /// Whether a message is admitted as far as this node knows; if not, [#refusal] has to ask.
  boolean admitAtOnce(Resolution resolution, Link link, InetAddress client) {
    return limits(resolution, link, client)
        .allMatch(limit -> counts.estimate(limit.entry) < limit.most);
  }

  /// Whether there is a limit to what somebody gets.
  boolean areAbout(Resolution resolution, Link link, InetAddress client) {
    return limits(resolution, link, client).findAny().isPresent();
  }

  /// Why one more message is too many. Blocks on the others' counts where it may be.
  Optional<Refusal> refusal(Resolution resolution, Link link, InetAddress client) {
    return limits(resolution, link, client)
            .filter(limit -> counts.estimate(limit.entry) >= limit.most)
            .anyMatch(limit -> counts.ask(limit.entry) >= limit.most)
        ? Optional.of(TOO_FAST)
        : Optional.empty();
  }

  /// What is said of a full mailbox.
  Refusal full() {
    return switch (settings.overQuota()) {
      case DEFER -> FULL_NOW;
      case REFUSE -> FULL;
    };
  }

  /// Counts a message that was accepted, once for each destination. Does not block.
  public void accepted(List<Destination> destinations, Link link, InetAddress client) {
    if (isExempt(link, client)) return;
    destinations.stream().flatMap(destination -> entries(destination, client)).forEach(counts::add);
  }

  private Stream<Limit> limits(Resolution resolution, Link link, InetAddress client) {
    if (isExempt(link, client)) return Stream.empty();
    return switch (resolution) {
      case Resolution.LocalUser(var user, long own) ->
          Stream.of(
                  new Limit(ofUser(user), own > 0 ? own : settings.perMinute()),
                  new Limit(fromOne(user, client), settings.perHourFromOne()))
              .filter(limit -> limit.most > 0);
      // A message makes a copy for each target.
      case Resolution.Forwarded(var address, int targets, long perDay) ->
          Stream.of(new Limit(ofAddress(address), Math.max(1, perDay / targets)));
      case Resolution.Closed _,
          Resolution.NoSuchUser _,
          Resolution.Disabled _,
          Resolution.OverQuota _,
          Resolution.NotLocal _,
          Resolution.Unavailable _ ->
          Stream.empty();
    };
  }

  private static Stream<Entry> entries(Destination destination, InetAddress client) {
    return switch (destination) {
      case Destination.Local(var user) -> Stream.of(ofUser(user), fromOne(user, client));
      case Destination.Forwarded(var address) -> Stream.of(ofAddress(address));
      case Destination.Remote _ -> Stream.empty();
    };
  }

  private boolean isExempt(Link link, InetAddress client) {
    return link.user().isPresent() || exempt.stream().anyMatch(network -> network.contains(client));
  }

  private static Entry ofUser(UserId user) {
    return new Entry(OF_USER, user.hex());
  }

  private static Entry fromOne(UserId user, InetAddress client) {
    return new Entry(FROM_ONE, client.getHostAddress() + " " + user.hex());
  }

  private static Entry ofAddress(AddressId address) {
    return new Entry(OF_ADDRESS, address.hex());
  }
}
