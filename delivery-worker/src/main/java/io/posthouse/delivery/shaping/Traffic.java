package io.posthouse.delivery.shaping;

import io.posthouse.delivery.shaping.Answer.Reason;
import io.posthouse.delivery.shaping.Reaction.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What goes on between this worker and one share: who may go now, who waits a moment, and who is
/// put aside because the moment would be long. Time is a nano clock's, and somebody else sees to it
/// that one thread at a time comes here.
public final class Traffic {
  private static final long ONE_COMPLAINT = Duration.ofSeconds(10).toNanos();
  private static final long WORKER_PATIENCE = Duration.ofSeconds(1).toNanos();

  /// Of what the worker has free, deliveries and places to wait, a site that may be dead takes one
  /// in so many: there may be fifty of them, and each keeps what it has for a connect time-out.
  private static final int UNPROVEN_PART = 16;

  private static final long SILENT_FOR = Duration.ofSeconds(1).toNanos();

  /// Who waits looks again so often whether the turn is still near: silence grows by itself.
  private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();

  private final Share share;
  private final Duration longestAside;
  private final Window window;
  private final Pace messages = new Pace();
  private final Pace connections = new Pace();
  private final ServiceTime service = new ServiceTime();
  private final Line line = new Line();
  private Optional<Slowdown> slowdown = Optional.empty();
  private Optional<Suspension> suspension = Optional.empty();
  private int active;
  private long lastAside;
  private boolean setAside;

  private record Slowdown(String name, Rate rate, long since, long until) {}

  private record Suspension(String name, long until) {}

  /// What the worker leaves to a share.
  ///
  /// @param workers alive, this one among them
  /// @param deliveries that are free
  /// @param places for messages that wait, that are free
  /// @param crowded few are
  /// @param idleConnection whether a connection to the site is open and idle
  public record Room(
      int workers, int deliveries, int places, boolean crowded, boolean idleConnection) {}

  /// Nothing is under way yet.
  ///
  /// @param longestAside nobody is put aside for longer
  public Traffic(Share share, Duration longestAside, int workers) {
    this.share = share;
    this.longestAside = longestAside;
    this.window = new Window(share.limits(), share.limits().most(workers));
  }

  public Share share() {
    return share;
  }

  /// May `ticket` go? Who hears `Go` must end; who hears `Aside` is in the line no longer.
  public Answer ask(Ticket ticket, long now, Room room) {
    keepRates(now, room.workers());
    if (suspension.isPresent()) return aside(ticket, Reason.SUSPENDED, now, room);
    var place = line.place(ticket);
    var rate = rateWait(place, now, room);
    if (place == 0 && rate == 0 && hasSlot(room)) return go(ticket, now);
    if (isInTheWay(place, now, room)) return aside(ticket, Reason.SLOTS, now, room);
    // Where the worker as a whole is busy, nobody else could go either.
    if (place == 0 && rate == 0 && active < bound(room)) return new Answer.Wait(WORKER_PATIENCE);
    var slots = slotWait(place, now, room);
    var left = ticket.deadline() - now;
    if (rate > left || left <= 0 || (slots > left && isTold(left, now, room)))
      return aside(ticket, rate > slots ? Reason.RATE : Reason.SLOTS, now, room);
    var next = place == 0 && rate > 0 ? Math.min(rate, left) : left;
    return new Answer.Wait(Math.min(next, LOOK_AGAIN));
  }

  /// Gives up its place in the line.
  public void leave(Ticket ticket) {
    line.leave(ticket);
  }

  /// Whose turn is next.
  public Optional<Ticket> head() {
    return line.head();
  }

  /// Everybody who waits.
  public List<Ticket> waiting() {
    return line.all();
  }

  /// Whether only the worker as a whole keeps the next one back.
  public boolean wantsMore(Room room) {
    return line.length() > 0 && active >= room.deliveries() && active < bound(room);
  }

  /// Whether one more may be under way.
  public boolean hasSlot(Room room) {
    return active < Math.min(bound(room), room.deliveries());
  }

  /// A connection was opened.
  public void connected(long now) {
    connections.spend(now);
  }

  /// A delivery is over.
  public void ended(Feedback feedback, long tookNanos, int workers) {
    active--;
    service.took(tookNanos);
    switch (feedback) {
      case WORKS -> window.worked(share.limits().most(workers));
      case FAILS -> window.failed();
      case NOTHING -> {}
    }
  }

  /// A reaction to what the site said.
  public void react(Reaction reaction, long now) {
    switch (reaction.action()) {
      case Action.Slow(var rate, var time) -> {
        // Those under way say the same, all at once; that is one complaint.
        if (slowdown.filter(slow -> slow.since() + ONE_COMPLAINT - now > 0).isEmpty())
          window.halve();
        slowdown = Optional.of(new Slowdown(reaction.name(), rate, now, now + time.toNanos()));
      }
      case Action.Suspend(var time) ->
          suspension = Optional.of(new Suspension(reaction.name(), now + time.toNanos()));
      case Action.Elsewhere(), Action.Defer(), Action.Bounce() -> {}
    }
  }

  /// Nobody is under way or waits.
  public boolean isIdle() {
    return active == 0 && line.length() == 0;
  }

  /// How it stands.
  public SiteStanding standing(long now, int workers) {
    keepRates(now, workers);
    return new SiteStanding(
        share,
        active,
        line.length(),
        Math.min(window.size(), share.limits().most(workers)),
        Duration.ofNanos(messages.interval()),
        suspension.map(Suspension::name),
        suspension.map(s -> Duration.ofNanos(s.until() - now)),
        slowdown.map(Slowdown::name),
        slowdown.map(s -> Duration.ofNanos(s.until() - now)));
  }

  private Answer go(Ticket ticket, long now) {
    line.leave(ticket);
    active++;
    messages.spend(now);
    service.started(now);
    return new Answer.Go();
  }

  /// What it may have under way while the worker has anything free.
  private int bound(Room room) {
    var most = most(room);
    return window.isProven() ? most : Math.clamp(room.deliveries() / UNPROVEN_PART, 1, most);
  }

  /// Where few places are left, those who wait for a site that is silent leave them to the others.
  private boolean isInTheWay(int place, long now, Room room) {
    return room.crowded()
        && !window.isProven()
        && active > 0
        && service.whileBusy(now) > SILENT_FOR
        && place >= Math.max(1, room.places() / UNPROVEN_PART);
  }

  private int most(Room room) {
    return Math.min(window.size(), share.limits().most(room.workers()));
  }

  private void keepRates(long now, int workers) {
    slowdown = slowdown.filter(s -> s.until() - now > 0);
    suspension = suspension.filter(s -> s.until() - now > 0);
    var limits = share.limits();
    messages.set(limits.messageRate().value().shared(workers).atMost(slowdown.map(Slowdown::rate)));
    connections.set(limits.connectionRate().value().shared(workers));
  }

  private long rateWait(int place, long now, Room room) {
    var opening = room.idleConnection() ? 0 : connections.untilNext(now);
    return Math.max(messages.untilNext(now) + place * messages.interval(), opening);
  }

  private long slotWait(int place, long now, Room room) {
    return place == 0 && hasSlot(room) ? 0 : turn(now, room) * (place + 1);
  }

  /// Whether what a site takes per delivery tells how long a line of them takes. In the first
  /// moments of a worker all sites seem slow, so while there is room the line is given its chance,
  /// unless a single delivery takes longer.
  private boolean isTold(long left, long now, Room room) {
    return room.crowded() || serviceTime(now, room) > left;
  }

  private int slots(Room room) {
    return Math.max(1, window.promise(share.limits().most(room.workers())));
  }

  /// Those put aside come back at the pace at which the site takes them, after those put aside
  /// before: a backlog that takes hours does not come round every minute.
  private Answer aside(Ticket ticket, Reason reason, long now, Room room) {
    line.leave(ticket);
    var turn = Math.max(messages.interval(), turn(now, room));
    var first = now + Math.max(untilSuspensionEnds(now), turn * line.length());
    var after = setAside && lastAside - first > 0 ? lastAside : first;
    lastAside = after + Math.min(turn, now + longestAside.toNanos() - after);
    setAside = true;
    return new Answer.Aside(reason, Duration.ofNanos(lastAside - now), why(reason, now));
  }

  /// From one slot that becomes free to the next.
  private long turn(long now, Room room) {
    return serviceTime(now, room) / slots(room);
  }

  private long serviceTime(long now, Room room) {
    var isBusy = active > 0 && active >= bound(room);
    return isBusy ? service.whileBusy(now) : service.mean();
  }

  private long untilSuspensionEnds(long now) {
    return suspension.map(s -> s.until() - now).orElse(0L);
  }

  private String why(Reason reason, long now) {
    return share.name()
        + ": "
        + switch (reason) {
          case SLOTS -> active + " deliveries go on, at most " + share.limits().most();
          case RATE -> rateExhausted(now);
          case SUSPENDED -> "suspended by " + suspension.map(Suspension::name).orElse("");
        };
  }

  private String rateExhausted(long now) {
    var limits = share.limits();
    if (connections.untilNext(now) > messages.untilNext(now))
      return "connection rate " + limits.connectionRate();
    return slowdown
        .map(slow -> "slowed down to " + slow.rate() + " by " + slow.name())
        .orElseGet(() -> "message rate " + limits.messageRate());
  }
}
