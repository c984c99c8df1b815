package io.posthouse.delivery.conversation;

import io.posthouse.delivery.conversation.ReplyReader.Unintelligible;
import io.posthouse.delivery.conversation.StartTls.Upgrade;
import io.posthouse.delivery.routing.Login;
import io.posthouse.delivery.routing.Protocol;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.DotStuffing;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import io.posthouse.telemetry.TlsFailure;
import io.posthouse.telemetry.TlsUse;
import io.posthouse.telemetry.TlsUse.Shortfall;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;

/// An SMTP or LMTP client's side of one connection (RFC 5321, RFC 2033), in the order of the RFC.
/// Used by one thread at a time.
public final class Conversation {
  private static final EnhancedStatus BAD_CONTENT = EnhancedStatus.of("5.6.0");

  private final MxHost mx;
  private final Approach approach;
  private final Line line;
  private final StartTls startTls;
  private Capabilities host = Capabilities.NONE;
  private TlsUse tls = TlsUse.CLEAR;
  private boolean unfinished;
  private int transactions;

  Conversation(MxHost mx, Approach approach, Wire wire, Patience patience, TlsClient client) {
    this.mx = mx;
    this.approach = approach;
    this.line = new Line(wire, patience);
    this.startTls = new StartTls(line, client, mx, approach.security());
  }

  public MxHost mx() {
    return mx;
  }

  /// How it was opened.
  public Approach approach() {
    return approach;
  }

  /// How well it is protected.
  public TlsUse tls() {
    return tls;
  }

  /// It is in the clear for this reason.
  Conversation fallenBack(Shortfall why) {
    tls = tls.with(why);
    return this;
  }

  /// Transactions begun so far.
  public int transactions() {
    return transactions;
  }

  /// Waits for the greeting, says who we are, puts TLS around it as far as the host must give it,
  /// and logs in where that is wanted.
  Opening open(String ourName) {
    var opening = begin(ourName);
    var login = approach.manner().login();
    return login.isPresent() && opening instanceof Opening.Open ? logIn(login.get()) : opening;
  }

  private Opening begin(String ourName) {
    try {
      return approach.manner().protocol() == Protocol.SMTPS
          ? after(startTls.shakeHands(), () -> greetAndIntroduce(ourName))
          : inTheClear(ourName);
    } catch (IOException lost) {
      close();
      if (isGettingSecured())
        return new Opening.Insecure(new Shortfall(TlsFailure.VALIDATION_FAILURE, line.why(lost)));
      return lost instanceof SocketTimeoutException
          ? new Opening.Silent(line.stage(), line.why(lost))
          : new Opening.Unreachable(line.stage(), line.why(lost));
    }
  }

  private Opening inTheClear(String ourName) throws IOException {
    var opening = greetAndIntroduce(ourName);
    return opening instanceof Opening.Open
        ? after(startTls.perform(host), () -> introduce(ourName))
        : opening;
  }

  private interface Begin {
    Opening begin() throws IOException;
  }

  /// @param inside what we begin with inside TLS, where everything begins anew (RFC 3207 §4.2)
  private Opening after(Upgrade upgrade, Begin inside) throws IOException {
    return switch (upgrade) {
      case Upgrade.Done(var use) -> {
        tls = use;
        yield inside.begin();
      }
      case Upgrade.StaysClear(var use) -> {
        tls = use;
        yield new Opening.Open(this);
      }
      case Upgrade.TooWeak(var shortfall) -> {
        quit();
        yield new Opening.Insecure(shortfall);
      }
    };
  }

  /// A host that does not like our handshake may say so only when we are done with it, so this
  /// lasts until the first reply inside TLS.
  private boolean isGettingSecured() {
    return switch (line.stage()) {
      case STARTTLS, TLS -> true;
      case EHLO -> tls.facts().isPresent();
      case CONNECT, GREETING, LOGIN, MAIL, RCPT, DATA, CONTENT, END -> false;
    };
  }

  private Opening greetAndIntroduce(String ourName) throws IOException {
    var greeting = line.reply(Stage.GREETING);
    return greeting.isNegative() ? refused(greeting) : introduce(ourName);
  }

  private Opening introduce(String ourName) throws IOException {
    host = Capabilities.NONE;
    var ehlo = line.ask(Stage.EHLO, hello(ourName));
    // RFC 5321 §3.2: a host that does not know EHLO may know HELO.
    if (ehlo.isPermanent() && !isLmtp()) ehlo = line.ask(Stage.EHLO, new Command.Helo(ourName));
    else if (ehlo.isPositive()) host = Capabilities.of(ehlo);
    return ehlo.isNegative() ? refused(ehlo) : new Opening.Open(this);
  }

  private Opening logIn(Login login) {
    try {
      var why = new Authentication(line, login).perform(host, isPrivate());
      if (why.isEmpty()) return new Opening.Open(this);
      quit();
      return new Opening.NotLoggedIn(why.get());
    } catch (IOException lost) {
      close();
      return new Opening.NotLoggedIn(line.why(lost));
    }
  }

  /// Whether nobody but the host hears us.
  private boolean isPrivate() {
    return tls.facts().isPresent() || mx.address().isLoopbackAddress();
  }

  private boolean isLmtp() {
    return approach.manner().protocol() == Protocol.LMTP;
  }

  private Command hello(String ourName) {
    return isLmtp() ? new Command.Lhlo(ourName) : new Command.Ehlo(ourName);
  }

  /// Whether the host takes no further message over this connection (RFC 9422 §4).
  boolean isUsedUp() {
    return host.mostMessages().isPresent() && transactions >= host.mostMessages().getAsInt();
  }

  /// Sends one message, to no more recipients than the host takes at once. Whatever happens is in
  /// the report; after any ending but `Ready` and `Unsuitable` the connection is closed.
  public Report transfer(Transaction whole) {
    var transaction = whole.forAtMost(host.mostRecipients());
    transactions++;
    return switch (new Negotiation(transaction, host, tls).terms()) {
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
    var exchange = new Exchange(line, host, transaction, terms, isLmtp());
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
    if (reply.code() / 100 != 2) throw new Unintelligible("RSET answered with " + reply);
  }

  private Opening refused(Reply reply) {
    var at = line.stage();
    quit();
    return new Opening.Refused(at, reply);
  }
}
