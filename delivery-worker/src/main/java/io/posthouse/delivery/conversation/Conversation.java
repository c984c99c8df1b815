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
    return switch (new Negotiation(transaction, host).terms()) {
      case Terms.Unsuitable(var why) -> new Report(List.of(), new Ending.Unsuitable(why));
      case Terms.Agreed terms -> transfer(transaction, terms);
    };
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

  private Report transfer(Transaction transaction, Terms.Agreed terms) {
    var said = new ArrayList<Said>();
    var report = new Report(said, perform(transaction, terms, said));
    if (!report.leavesConnectionOpen()) close();
    return report;
  }

  private Ending perform(Transaction transaction, Terms.Agreed terms, List<Said> said) {
    // From here on the connection is open until somebody says otherwise.
    afterTheDot = false;
    stage = Stage.MAIL;
    try (var content = ContentInput.of(transaction.message())) {
      if (unfinished) forget();
      unfinished = true;
      exchange(transaction, terms, content, said);
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

  private void exchange(
      Transaction transaction, Terms.Agreed terms, InputStream content, List<Said> said)
      throws IOException {
    var accepted = new ArrayList<Recipient>();
    switch (terms.body()) {
      case SEVEN_BIT, EIGHT_BIT_MIME -> {
        var data = envelopeAndData(transaction, terms, accepted, said);
        if (data.code() / 100 == 3) sendByData(content, accepted, said);
        else accepted.forEach(recipient -> said.add(new Said(recipient, Stage.DATA, data)));
      }
      case BINARY_MIME -> {
        envelope(transaction, terms, accepted, said);
        if (!accepted.isEmpty())
          sendInAChunk(content, transaction.envelope().size(), accepted, said);
      }
    }
  }

  private void sendByData(InputStream content, List<Recipient> accepted, List<Said> said)
      throws IOException {
    // RFC 2920 §3.1: having said DATA too early we owe an empty content, which nobody gets.
    var end = accepted.isEmpty() ? send(InputStream.nullInputStream()) : send(content);
    unfinished = false;
    noteEnd(end, accepted, said);
  }

  /// One chunk of a length that is known, so that one reply decides (RFC 3030 §2).
  private void sendInAChunk(
      InputStream content, long size, List<Recipient> accepted, List<Said> said)
      throws IOException {
    var end = sendChunk(content, size);
    unfinished = end.isNegative();
    noteEnd(end, accepted, said);
  }

  private void noteEnd(Reply end, List<Recipient> accepted, List<Said> said) {
    var notifies = host.offers(Extension.DSN);
    accepted.forEach(recipient -> said.add(new Said(recipient, Stage.END, end, notifies)));
  }

  /// MAIL and every RCPT, in one go where the host likes that (RFC 2920).
  private void envelope(
      Transaction transaction, Terms.Agreed terms, List<Recipient> accepted, List<Said> said)
      throws IOException {
    if (!host.offers(Extension.PIPELINING)) {
      var _ = oneByOne(transaction, terms, accepted, said);
      return;
    }
    sayEnvelope(transaction, terms);
    wire.output().flush();
    hearEnvelope(transaction, accepted, said);
  }

  /// MAIL, every RCPT and DATA. Answers the reply to DATA or, where it came to none, the one that
  /// prevented it.
  private Reply envelopeAndData(
      Transaction transaction, Terms.Agreed terms, List<Recipient> accepted, List<Said> said)
      throws IOException {
    if (!host.offers(Extension.PIPELINING)) {
      var last = oneByOne(transaction, terms, accepted, said);
      return accepted.isEmpty() ? last : dataReply(ask(Stage.DATA, new Command.Data()));
    }
    sayEnvelope(transaction, terms);
    say(new Command.Data());
    wire.output().flush();
    hearEnvelope(transaction, accepted, said);
    return dataReply(reply(Stage.DATA));
  }

  private void sayEnvelope(Transaction transaction, Terms.Agreed terms) throws IOException {
    say(transaction.mail(host, terms));
    for (var recipient : transaction.recipients()) say(transaction.rcpt(recipient, host));
  }

  private void hearEnvelope(Transaction transaction, List<Recipient> accepted, List<Said> said)
      throws IOException {
    var mail = reply(Stage.MAIL);
    for (var recipient : transaction.recipients()) {
      if (mail.isNegative()) said.add(new Said(recipient, Stage.MAIL, mail));
    }
    for (var recipient : transaction.recipients()) {
      var rcpt = reply(Stage.RCPT);
      if (mail.isPositive()) note(recipient, rcpt, accepted, said);
    }
  }

  /// Answers the last reply.
  private Reply oneByOne(
      Transaction transaction, Terms.Agreed terms, List<Recipient> accepted, List<Said> said)
      throws IOException {
    var mail = ask(Stage.MAIL, transaction.mail(host, terms));
    if (mail.isNegative()) {
      transaction.recipients().forEach(r -> said.add(new Said(r, Stage.MAIL, mail)));
      return mail;
    }
    var last = mail;
    for (var recipient : transaction.recipients()) {
      last = ask(Stage.RCPT, transaction.rcpt(recipient, host));
      note(recipient, last, accepted, said);
    }
    return last;
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
    return end();
  }

  private Reply sendChunk(InputStream content, long size) throws IOException {
    stage = Stage.CONTENT;
    say(new Command.Bdat(size, true));
    var buffer = new byte[16 * 1024];
    for (long left = size; left > 0; ) {
      var read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      // The host has less than it was promised, so it takes nothing.
      if (read < 0) throw ContentInput.Unreadable.tooShort(size - left, size);
      left -= read;
      afterTheDot = left == 0;
      wire.output().write(buffer, 0, read);
    }
    return end();
  }

  private Reply end() throws IOException {
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
