package io.posthouse.storage.lmtp;

import io.posthouse.address.MailAddress;
import io.posthouse.message.Octets;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.Evidence.Replied;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import io.posthouse.storage.lmtp.HandoverLog.Known;
import io.posthouse.storage.mailbox.Delivery;
import io.posthouse.storage.mailbox.Handover;
import io.posthouse.telemetry.DependencyState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Hands messages over by LMTP (RFC 2033), over connections that are used again.
///
/// LMTP takes a message twice if it is told twice. So a copy is noted before it goes and when it
/// was taken; of one that was noted and perhaps taken, the log looks into the mailbox. To die in
/// between hands over again only what is not found there: because a filter or the user has removed
/// or moved it away for good, or because WildDuck was still at it.
public final class LmtpHandover implements Handover {
  private static final EnhancedStatus LOST = EnhancedStatus.of("4.4.2");

  private final LmtpSettings settings;
  private final String ourselves;
  private final Patience patience;
  private final HandoverLog log;
  private final DependencyState state;
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();

  /// Once closed it takes no alarm, and whoever is at it is interrupted.
  private final ScheduledExecutorService alarms =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("lmtp alarms").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  private volatile boolean closed;

  /// @param ourselves our name
  /// @param state told whether the server answers
  public LmtpHandover(
      LmtpSettings settings,
      String ourselves,
      Patience patience,
      HandoverLog log,
      DependencyState state) {
    this.settings = settings;
    this.ourselves = ourselves;
    this.patience = patience;
    this.log = log;
    this.state = state;
  }

  @Override
  public Answer handOver(Delivery delivery) throws IOException, InterruptedException {
    return switch (log.begin(delivery)) {
      case Known.Owed(var main) -> noted(delivery, send(delivery, main));
      case Known.Settled() -> new Answer.Taken("was handed over before", true);
      case Known.NoSuchUser() ->
          new Answer.Refused("user " + delivery.user() + " was deleted since we accepted this");
    };
  }

  @Override
  public void close() {
    closed = true;
    alarms.shutdownNow();
    for (var session = idle.poll(); session != null; session = idle.poll()) session.close();
  }

  /// What was taken is remembered before anything else is done with it, however long that takes: to
  /// forget it is to hand it over again.
  private Answer noted(Delivery delivery, Answer answer) throws InterruptedException {
    if (!(answer instanceof Answer.Taken)) return answer;
    while (!isNoted(delivery.key())) TimeUnit.SECONDS.sleep(1);
    return answer;
  }

  private boolean isNoted(Delivery.Key copy) {
    try {
      log.done(copy);
      return true;
    } catch (IOException unanswered) {
      return false;
    }
  }

  private Answer send(Delivery delivery, Optional<MailAddress> main) {
    var names = Stream.concat(Stream.of(delivery.address()), main.stream()).distinct().toList();
    var content = Lines.of(delivery.sent());
    while (true) {
      var session = Optional.ofNullable(idle.poll());
      if (session.isEmpty()) return sendOverNew(delivery, names, content);
      // What was idle may have been left by the server; what is new was not.
      var answer = send(session.get(), delivery, names, content);
      if (!(answer instanceof Answer.Unavailable)) return answer;
    }
  }

  private Answer sendOverNew(Delivery delivery, List<MailAddress> names, Octets content) {
    try {
      var session = Session.open(settings.server(), ourselves, patience, alarms);
      return told(send(session, delivery, names, content));
    } catch (IOException e) {
      return told(new Answer.Unavailable(settings.server() + ": " + e.getMessage()));
    }
  }

  private Answer told(Answer answer) {
    switch (answer) {
      case Answer.Unavailable(var why) when !closed -> state.down(why);
      case Answer.Unavailable _ -> {}
      case Answer.Taken _, Answer.Refused _, Answer.NotNow _ -> state.up();
    }
    return answer;
  }

  private Answer send(Session session, Delivery delivery, List<MailAddress> names, Octets content) {
    try {
      var reply = session.deliver(delivery.envelope(), names, content);
      if (reply.code() == 421 || closed) session.close();
      else idle.push(session);
      return answer(session, reply);
    } catch (IOException e) {
      session.close();
      return session.isOpened()
          ? new Answer.NotNow(new Observed(LOST, session.server() + ": " + e.getMessage()))
          : new Answer.Unavailable(session.server() + ": " + e.getMessage());
    }
  }

  private static Answer answer(Session session, Reply reply) {
    MxHost server = session.server();
    if (reply.isPermanent()) return new Answer.Refused(server.name() + " said: " + reply);
    if (reply.isPositive()) return new Answer.Taken(reply.toString(), false);
    return reply.code() == 421 && !session.isOpened()
        ? new Answer.Unavailable(server + ": " + reply)
        : new Answer.NotNow(new Replied(server, reply));
  }
}
