package io.posthouse.delivery.conversation;

import io.posthouse.delivery.conversation.ReplyReader.Unintelligible;
import io.posthouse.message.Recipient;
import io.posthouse.outcome.Evidence.Observed;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.DotStuffing;
import io.posthouse.smtp.EnhancedStatus;
import io.posthouse.smtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An SMTP client's side of one connection (RFC 5321), in the order of the RFC. Used by one thread
/// at a time.
public final class Conversation {
  private static final EnhancedStatus BAD_CONTENT = EnhancedStatus.of("5.6.0");

  private final MxHost mx;
  private final Wire wire;
  private final Patience patience;
  private final ReplyReader replies;
  private Capabilities host = Capabilities.NONE;
  private Stage stage = Stage.GREETING;
  private boolean afterTheDot;
  private boolean unfinished;
  private int transactions;

  Conversation(MxHost mx, Wire wire, Patience patience) {
    this.mx = mx;
    this.wire = wire;
    this.patience = patience;
    this.replies = new ReplyReader(wire);
  }

  public MxHost mx() {
    return mx;
  }

  /// Transactions begun so far.
  public int transactions() {
    return transactions;
  }

  /// Waits for the greeting and says who we are.
  Opening open(String ourName) {
    try {
      var greeting = reply(Stage.GREETING);
      if (greeting.isNegative()) return refused(greeting);
      var ehlo = ask(Stage.EHLO, new Command.Ehlo(ourName));
      // RFC 5321 §3.2: a host that does not know EHLO may know HELO.
      if (ehlo.isPermanent()) ehlo = ask(Stage.EHLO, new Command.Helo(ourName));
      else if (ehlo.isPositive()) host = Capabilities.of(ehlo);
      return ehlo.isNegative() ? refused(ehlo) : new Opening.Open(this);
    } catch (IOException lost) {
      close();
      return new Opening.Unreachable(stage, why(lost));
    }
  }

  /// Sends one message. Whatever happens is in the report; after any ending but `Ready` and
  /// `Unsuitable` the connection is closed.
  public Report transfer(Transaction transaction) {
    transactions++;
    var unsuitable = Suitability.of(transaction, host);
    if (unsuitable.isPresent())
      return new Report(List.of(), new Ending.Unsuitable(unsuitable.get()));
    var said = new ArrayList<Said>();
    var report = new Report(said, perform(transaction, said));
    if (!report.leavesConnectionOpen()) close();
    return report;
  }

  /// Takes leave, and waits a moment for the host to do the same (RFC 5321 §4.1.1.10).
  public void quit() {
    try {
      say(new Command.Quit());
      wire.output().flush();
      replies.next(patience.quit());
    } catch (IOException gone) {
      // It is gone already, which is what we wanted.
    } finally {
      close();
    }
  }

  /// Hangs up at once.
  public void close() {
    wire.close();
  }

  private Ending perform(Transaction transaction, List<Said> said) {
    // From here on the connection is open until somebody says otherwise.
    afterTheDot = false;
    stage = Stage.MAIL;
    try (var content = ContentInput.of(transaction.message())) {
      if (unfinished) forget();
      unfinished = true;
      exchange(transaction, content, said);
      return said.stream().anyMatch(s -> s.reply().code() == 421)
          ? new Ending.Leaving()
          : new Ending.Ready();
    } catch (ContentInput.Unreadable e) {
      return new Ending.ContentUnreadable(e.cause());
    } catch (DotStuffing.BareLineEnd e) {
      return new Ending.Unsendable(new Observed(BAD_CONTENT, String.valueOf(e.getMessage())));
    } catch (IOException lost) {
      return new Ending.Lost(stage, afterTheDot, why(lost));
    }
  }

  /// A transaction that did not end with content is still open at the host.
  private void forget() throws IOException {
    var reply = ask(Stage.MAIL, new Command.Rset());
    if (reply.isNegative()) throw new Unintelligible("RSET refused with " + reply);
  }

  private void exchange(Transaction transaction, InputStream content, List<Said> said)
      throws IOException {
    var accepted = new ArrayList<Recipient>();
    var data =
        host.pipelining()
            ? together(transaction, accepted, said)
            : oneByOne(transaction, accepted, said);
    if (data.code() / 100 != 3) {
      accepted.forEach(recipient -> said.add(new Said(recipient, Stage.DATA, data)));
      return;
    }
    // RFC 2920 §3.1: having said DATA too early we owe an empty content, which nobody gets.
    var end = accepted.isEmpty() ? send(InputStream.nullInputStream()) : send(content);
    unfinished = false;
    accepted.forEach(recipient -> said.add(new Said(recipient, Stage.END, end)));
  }

  /// MAIL, every RCPT and DATA in one go (RFC 2920), answered by the reply to DATA.
  private Reply together(Transaction transaction, List<Recipient> accepted, List<Said> said)
      throws IOException {
    say(transaction.mail(host));
    for (var recipient : transaction.recipients()) say(Transaction.rcpt(recipient));
    say(new Command.Data());
    wire.output().flush();
    var mail = reply(Stage.MAIL);
    for (var recipient : transaction.recipients()) {
      if (mail.isNegative()) said.add(new Said(recipient, Stage.MAIL, mail));
    }
    for (var recipient : transaction.recipients()) {
      var rcpt = reply(Stage.RCPT);
      if (mail.isPositive()) note(recipient, rcpt, accepted, said);
    }
    return dataReply(reply(Stage.DATA));
  }

  /// Answers the reply to DATA or, where it came to none, the one that prevented it.
  private Reply oneByOne(Transaction transaction, List<Recipient> accepted, List<Said> said)
      throws IOException {
    var mail = ask(Stage.MAIL, transaction.mail(host));
    if (mail.isNegative()) {
      transaction.recipients().forEach(r -> said.add(new Said(r, Stage.MAIL, mail)));
      return mail;
    }
    var last = mail;
    for (var recipient : transaction.recipients()) {
      last = ask(Stage.RCPT, Transaction.rcpt(recipient));
      note(recipient, last, accepted, said);
    }
    return accepted.isEmpty() ? last : dataReply(ask(Stage.DATA, new Command.Data()));
  }

  private static void note(
      Recipient recipient, Reply rcpt, List<Recipient> accepted, List<Said> said) {
    if (rcpt.isNegative()) said.add(new Said(recipient, Stage.RCPT, rcpt));
    else accepted.add(recipient);
  }

  private static Reply dataReply(Reply data) throws IOException {
    if (data.code() / 100 == 2) throw new Unintelligible("DATA answered with " + data);
    return data;
  }

  private Reply send(InputStream content) throws IOException {
    stage = Stage.CONTENT;
    var stuffing = new DotStuffing(wire.output());
    var buffer = new byte[16 * 1024];
    for (int read; (read = content.read(buffer)) >= 0; ) stuffing.write(buffer, 0, read);
    // Lose the connection between here and the reply and the message may arrive twice (RFC 1047).
    afterTheDot = true;
    stuffing.end();
    wire.output().flush();
    var end = reply(Stage.END);
    if (end.code() / 100 == 3) throw new Unintelligible("content answered with " + end);
    return end;
  }

  private Reply ask(Stage next, Command command) throws IOException {
    say(command);
    wire.output().flush();
    return reply(next);
  }

  private void say(Command command) throws IOException {
    wire.output().write(command.wire().getBytes(StandardCharsets.UTF_8));
  }

  private Reply reply(Stage to) throws IOException {
    stage = to;
    return replies.next(patience.forReplyTo(to));
  }

  private Opening refused(Reply reply) {
    var at = stage;
    quit();
    return new Opening.Refused(at, reply);
  }

  private String why(IOException lost) {
    var what =
        lost instanceof SocketTimeoutException
            ? "no sign for " + patience.forReplyTo(stage).toSeconds() + " s"
            : String.valueOf(lost.getMessage());
    return what + " while " + stage;
  }
}
