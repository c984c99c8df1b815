package io.posthouse.delivery.conversation;

import io.posthouse.delivery.conversation.ReplyReader.Unintelligible;
import io.posthouse.message.Recipient;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.DotStuffing;
import io.posthouse.smtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// One transaction, from MAIL to the reply to its content (RFC 5321 §3.3). Used once.
final class Exchange {
  private final Line line;
  private final Capabilities host;
  private final Transaction transaction;
  private final Terms.Agreed terms;
  private final boolean lmtp;
  private final List<Recipient> accepted = new ArrayList<>();
  private final List<Said> said = new ArrayList<>();
  private boolean afterTheDot;
  private boolean closed;

  /// @param lmtp whether the content is answered once for each recipient (RFC 2033 §4.2)
  Exchange(
      Line line, Capabilities host, Transaction transaction, Terms.Agreed terms, boolean lmtp) {
    this.line = line;
    this.host = host;
    this.transaction = transaction;
    this.terms = terms;
    this.lmtp = lmtp;
  }

  /// What decided about each recipient, as far as we got.
  List<Said> said() {
    return said;
  }

  /// Whether the host has the whole content, and may have taken it (RFC 1047).
  boolean isAfterTheDot() {
    return afterTheDot;
  }

  /// Whether it ended with content, so that nothing of it is open at the host.
  boolean isClosed() {
    return closed;
  }

  void run(InputStream content) throws IOException {
    switch (terms.body()) {
      case SEVEN_BIT, EIGHT_BIT_MIME -> {
        var data = envelopeAndData();
        if (data.code() / 100 == 3) sendByData(content);
        else accepted.forEach(recipient -> said.add(new Said(recipient, Stage.DATA, data)));
      }
      case BINARY_MIME -> {
        var _ = envelope();
        if (!accepted.isEmpty()) sendInAChunk(content);
      }
    }
  }

  /// MAIL and every RCPT, in one go where the host likes that (RFC 2920). Answers the last reply.
  private Reply envelope() throws IOException {
    if (!host.offers(Extension.PIPELINING)) return oneByOne();
    sayEnvelope();
    line.flush();
    return hearEnvelope();
  }

  /// MAIL, every RCPT and DATA. Answers the reply to DATA or, where it came to none, the one that
  /// prevented it.
  private Reply envelopeAndData() throws IOException {
    if (!host.offers(Extension.PIPELINING) || lmtp) {
      // Without recipients a content has no answers in LMTP, so DATA is said when there are some.
      var last = envelope();
      return accepted.isEmpty() ? last : dataReply(line.ask(Stage.DATA, new Command.Data()));
    }
    sayEnvelope();
    line.say(new Command.Data());
    line.flush();
    var _ = hearEnvelope();
    return dataReply(line.reply(Stage.DATA));
  }

  private void sayEnvelope() throws IOException {
    line.beInStep();
    line.say(transaction.mail(host, terms));
    for (var recipient : transaction.recipients()) line.say(transaction.rcpt(recipient, host));
  }

  /// Answers the last reply.
  private Reply hearEnvelope() throws IOException {
    var mail = notHalfway(line.reply(Stage.MAIL));
    if (mail.isNegative()) noteMail(mail);
    var last = mail;
    for (var recipient : transaction.recipients()) {
      last = notHalfway(line.reply(Stage.RCPT));
      if (mail.isPositive()) noteRcpt(recipient, last);
    }
    return last;
  }

  /// Answers the last reply.
  private Reply oneByOne() throws IOException {
    var last = notHalfway(line.ask(Stage.MAIL, transaction.mail(host, terms)));
    if (last.isNegative()) {
      noteMail(last);
      return last;
    }
    for (var recipient : transaction.recipients()) {
      last = notHalfway(line.ask(Stage.RCPT, transaction.rcpt(recipient, host)));
      noteRcpt(recipient, last);
    }
    return last;
  }

  private void noteMail(Reply mail) {
    transaction.recipients().forEach(r -> said.add(new Said(r, Stage.MAIL, mail)));
  }

  private void noteRcpt(Recipient recipient, Reply rcpt) {
    if (rcpt.isNegative()) said.add(new Said(recipient, Stage.RCPT, rcpt));
    else accepted.add(recipient);
  }

  /// To all but DATA a 3xx is neither yes nor no.
  private Reply notHalfway(Reply reply) throws Unintelligible {
    if (reply.code() / 100 == 3)
      throw new Unintelligible(reply + " in answer to " + line.stage().name());
    return reply;
  }

  private static Reply dataReply(Reply data) throws IOException {
    if (data.code() / 100 == 2) throw new Unintelligible("DATA answered with " + data);
    return data;
  }

  private void sendByData(InputStream content) throws IOException {
    line.beInStep();
    line.reach(Stage.CONTENT);
    var stuffing = new DotStuffing(line.output());
    // RFC 2920 §3.1: having said DATA too early we owe an empty content, which nobody gets.
    if (!accepted.isEmpty()) stuff(content, stuffing);
    // Lose the connection between here and the reply and the message may arrive twice (RFC 1047).
    afterTheDot = true;
    stuffing.end();
    noteEnd();
    closed = true;
  }

  private static void stuff(InputStream content, DotStuffing stuffing) throws IOException {
    var buffer = new byte[16 * 1024];
    for (int read; (read = content.read(buffer)) >= 0; ) stuffing.write(buffer, 0, read);
  }

  /// One chunk of a length that is known, so that one reply decides (RFC 3030 §2).
  private void sendInAChunk(InputStream content) throws IOException {
    line.beInStep();
    line.reach(Stage.CONTENT);
    var size = transaction.envelope().size();
    line.say(new Command.Bdat(size, true));
    var buffer = new byte[16 * 1024];
    for (long left = size; left > 0; ) {
      var read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      // The host has less than it was promised, so it takes nothing.
      if (read < 0) throw ContentInput.Unreadable.tooShort(size - left, size);
      left -= read;
      afterTheDot = left == 0;
      line.output().write(buffer, 0, read);
    }
    // After a chunk that is refused, only RSET is sure to begin anew.
    closed = noteEnd().isPositive();
  }

  /// Answers the last reply.
  private Reply noteEnd() throws IOException {
    line.flush();
    return lmtp ? noteEach() : noteAll();
  }

  private Reply noteAll() throws IOException {
    var end = end();
    accepted.forEach(recipient -> note(recipient, end));
    return end;
  }

  /// In the order of the RCPTs that were accepted (RFC 2033 §4.2). Who has an answer keeps it, even
  /// if the connection is lost before the others have theirs.
  private Reply noteEach() throws IOException {
    var ends = new ArrayList<Reply>();
    for (var recipient : accepted) {
      var end = end();
      ends.add(end);
      note(recipient, end);
    }
    return ends.getLast();
  }

  private Reply end() throws IOException {
    return notHalfway(line.reply(Stage.END));
  }

  private void note(Recipient recipient, Reply end) {
    said.add(new Said(recipient, Stage.END, end, host.offers(Extension.DSN)));
  }
}
