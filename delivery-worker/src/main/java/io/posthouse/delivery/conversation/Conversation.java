package io.posthouse.delivery.conversation;

import io.posthouse.delivery.conversation.ReplyReader.Unintelligible;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.DotStuffing;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;

/// An SMTP client's side of one connection (RFC 5321), in the order of the RFC. Used by one thread
/// at a time.
public final class Conversation {
  private static final EnhancedStatus BAD_CONTENT = EnhancedStatus.of("5.6.0");

  private final MxHost mx;
  private final Approach approach;
  private final Line line;
  private Capabilities host = Capabilities.NONE;
  private boolean unfinished;
  private int transactions;

  Conversation(MxHost mx, Approach approach, Wire wire, Patience patience) {
    this.mx = mx;
    this.approach = approach;
    this.line = new Line(wire, patience);
  }

  public MxHost mx() {
    return mx;
  }

  /// How it was opened.
  public Approach approach() {
    return approach;
  }

  /// Transactions begun so far.
  public int transactions() {
    return transactions;
  }

  /// Waits for the greeting and says who we are.
  Opening open(String ourName) {
    try {
      var greeting = line.reply(Stage.GREETING);
      if (greeting.isNegative()) return refused(greeting);
      var ehlo = line.ask(Stage.EHLO, new Command.Ehlo(ourName));
      // RFC 5321 §3.2: a host that does not know EHLO may know HELO.
      if (ehlo.isPermanent()) ehlo = line.ask(Stage.EHLO, new Command.Helo(ourName));
      else if (ehlo.isPositive()) host = Capabilities.of(ehlo);
      return ehlo.isNegative() ? refused(ehlo) : new Opening.Open(this);
    } catch (IOException lost) {
      close();
      return lost instanceof SocketTimeoutException
          ? new Opening.Silent(line.stage(), line.why(lost))
          : new Opening.Unreachable(line.stage(), line.why(lost));
    }
  }

  /// Sends one message. Whatever happens is in the report; after any ending but `Ready` and
  /// `Unsuitable` the connection is closed.
  public Report transfer(Transaction transaction) {
    transactions++;
    return switch (new Negotiation(transaction, host).terms()) {
      case Terms.Unsuitable(var why) -> new Report(List.of(), new Ending.Unsuitable(why));
      case Terms.Agreed terms -> transfer(transaction, terms);
    };
  }

  /// Takes leave, and waits a moment for the host to do the same (RFC 5321 §4.1.1.10).
  public void quit() {
    try {
      line.leave();
    } catch (IOException gone) {
      // It is gone already, which is what we wanted.
    } finally {
      close();
    }
  }

  /// Hangs up at once.
  public void close() {
    line.close();
  }

  private Report transfer(Transaction transaction, Terms.Agreed terms) {
    var exchange = new Exchange(line, host, transaction, terms);
    var ending = perform(exchange, transaction);
    var report = new Report(exchange.said(), ending);
    if (!report.leavesConnectionOpen()) close();
    return report;
  }

  private Ending perform(Exchange exchange, Transaction transaction) {
    // From here on the connection is open until somebody says otherwise.
    line.reach(Stage.MAIL);
    try (var content = ContentInput.of(transaction.message())) {
      if (unfinished) forget();
      unfinished = true;
      exchange.run(content);
      unfinished = !exchange.isClosed();
      return exchange.said().stream().anyMatch(s -> s.reply().code() == 421)
          ? new Ending.Leaving()
          : new Ending.Ready();
    } catch (ContentInput.Unreadable e) {
      return new Ending.ContentUnreadable(e.cause());
    } catch (DotStuffing.BareLineEnd e) {
      return new Ending.Unsendable(new Observed(BAD_CONTENT, String.valueOf(e.getMessage())));
    } catch (IOException lost) {
      return new Ending.Lost(line.stage(), exchange.isAfterTheDot(), line.why(lost));
    }
  }

  /// A transaction that did not end with content is still open at the host.
  private void forget() throws IOException {
    var reply = line.ask(Stage.MAIL, new Command.Rset());
    if (reply.isNegative()) throw new Unintelligible("RSET refused with " + reply);
  }

  private Opening refused(Reply reply) {
    var at = line.stage();
    quit();
    return new Opening.Refused(at, reply);
  }
}
