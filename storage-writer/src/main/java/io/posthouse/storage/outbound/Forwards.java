package io.posthouse.storage.outbound;

import io.posthouse.address.MailAddress;
import io.posthouse.address.ReversePath;
import io.posthouse.directory.Directory;
import io.posthouse.directory.Directory.Resolution;
import io.posthouse.message.Destination;
import io.posthouse.message.QueueId;
import io.posthouse.queue.DurableQueue;
import io.posthouse.queue.DurableQueue.Closed;
import io.posthouse.srs.Srs;
import io.posthouse.storage.mailbox.Placement.Target;
import io.posthouse.tally.Tallies;
import io.posthouse.tally.Tallies.Entry;
import io.posthouse.tally.Tally;
import io.posthouse.telemetry.Events;
import io.posthouse.telemetry.ForwardResult;
import io.posthouse.telemetry.MailEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Sends messages on to the targets of users and addresses, each once whatever is replayed: a
/// forwarded message has an id made of the one it comes from and its target, and those that are in
/// the queue are remembered. To die between the two makes the same message again, with the same
/// queue id, which local mailboxes recognise.
public final class Forwards {
  private static final Tally PER_DAY = new Tally("forwards", Duration.ofDays(1));

  private final Around around;
  private final Once once;

  /// What forwarding leans on.
  ///
  /// @param host our name
  /// @param node which of us it is
  /// @param srs rewrites senders, so that other hosts do not take us for a forger of them
  public record Around(
      String host,
      String node,
      DurableQueue queue,
      Directory directory,
      Tallies tallies,
      SentLog log,
      Optional<Srs> srs,
      Events events,
      InstantSource clock) {}

  public Forwards(Around around) {
    this.around = around;
    this.once = new Once(around.log());
  }

  /// How somebody has mail forwarded.
  ///
  /// @param of user or address
  /// @param perDay most messages in a day
  /// @param inClear whether they go on as they came, or else encrypted, which we cannot
  public record Terms(String of, long perDay, boolean inClear) {}

  /// The id of a message that goes on to a target.
  public static QueueId id(QueueId of, MailAddress at, Target target) {
    return of.derived("forward\n" + at + "\n" + target.value());
  }

  /// Whether we can forward to such a target at all.
  public static boolean isSupported(Target target) {
    return target.type().equals("mail") && MailAddress.parse(target.value()).isPresent();
  }

  /// Sends a message on, if that was not done before. Blocks until it is durable.
  ///
  /// @throws IOException if something we need does not answer: to be done again
  public void send(Passing message, Target target, Terms terms) throws IOException, Closed {
    var id = id(message.envelope().queueId(), message.at(), target);
    once.run(
        id,
        () -> {
          var result =
              terms.inClear() && isSupported(target)
                  ? send(message, id, target, terms)
                  : ForwardResult.UNSUPPORTED;
          tell(message, id, target, result);
        });
  }

  private void tell(Passing message, QueueId id, Target target, ForwardResult result) {
    var forward = Optional.of(id).filter(_ -> result == ForwardResult.SENT);
    var of = message.envelope().queueId();
    around.events().record(new MailEvent.Forwarded(of, target.value(), result, forward));
  }

  private ForwardResult send(Passing message, QueueId id, Target target, Terms terms)
      throws IOException, Closed {
    var to = MailAddress.of(target.value());
    if (message.loops(to)) return ForwardResult.LOOP;
    var day = new Entry(PER_DAY, terms.of());
    if (around.tallies().count(day) >= terms.perDay()) return ForwardResult.LIMIT;
    var destination = destination(to);
    if (destination.isEmpty()) return ForwardResult.REFUSED;
    put(message, id, to, destination.get());
    around.tallies().add(day, 1);
    return ForwardResult.SENT;
  }

  private void put(Passing message, QueueId id, MailAddress to, Destination destination)
      throws IOException, Closed {
    var octets = message.content();
    var content = around.queue().content(id, octets.length(), octets::input);
    var forwarded = new ForwardedMessage(around.host(), around.node());
    around
        .queue()
        .put(
            forwarded.of(
                message,
                id,
                from(message, destination),
                to,
                destination,
                content,
                around.clock().instant()));
  }

  /// Our own mailboxes take any sender. Nobody stays nobody, who cannot be told of anything.
  private ReversePath from(Passing message, Destination destination) {
    var from = message.envelope().reversePath();
    if (around.srs().isEmpty() || !(destination instanceof Destination.Remote)) return from;
    return from.sender().map(sender -> rewritten(sender, around.srs().get())).orElse(from);
  }

  private ReversePath rewritten(MailAddress sender, Srs srs) {
    if (sender.domain().equals(srs.domain())) return new ReversePath.Sender(sender);
    return srs.forward(sender, around.clock().instant())
        .<ReversePath>map(ReversePath.Sender::new)
        .orElse(new ReversePath.Null());
  }

  /// Empty where nobody takes mail for the target. Our mailboxes take what is over a quota, as they
  /// do of all that was accepted.
  private Optional<Destination> destination(MailAddress to) throws IOException {
    return switch (around.directory().resolve(to)) {
      case Resolution.LocalUser ours -> Optional.of(new Destination.Local(ours.user()));
      case Resolution.OverQuota(var user) -> Optional.of(new Destination.Local(user));
      case Resolution.Forwarded ours -> Optional.of(new Destination.Forwarded(ours.address()));
      case Resolution.NotLocal() -> Optional.of(new Destination.Remote(to.domain()));
      case Resolution.NoSuchUser _, Resolution.Disabled _, Resolution.Closed _ -> Optional.empty();
      case Resolution.Unavailable(var why) -> throw new IOException(why);
    };
  }
}
