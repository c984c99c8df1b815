package io.posthouse.edge.session;

import io.posthouse.message.QueueId;
import io.posthouse.smtp.Reply;

/// What we say, other than no.
final class Replies {
  static final Reply OK = Reply.of(250, "2.0.0", "Ok");
  static final Reply SENDER_OK = Reply.of(250, "2.1.0", "Sender ok");
  static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Recipient ok");
  static final Reply GO_AHEAD_WITH_CONTENT =
      Reply.plain(354, "Send the message, end it with CRLF.CRLF");
  static final Reply CHUNK_TAKEN = Reply.of(250, "2.0.0", "Chunk taken");
  static final Reply GO_AHEAD_WITH_TLS = Reply.of(220, "2.0.0", "Go ahead");
  static final Reply BYE = Reply.of(221, "2.0.0", "Bye");
  static final Reply LOGGED_IN = Reply.of(235, "2.7.0", "Welcome");
  static final Reply WILL_NOT_VERIFY = Reply.of(252, "2.1.5", "Send mail to it, then we both know");
  static final Reply HELP = Reply.of(214, "2.0.0", "This is ESMTP as in RFC 5321");
  static final Reply CLOSING = Reply.of(421, "4.3.2", "Service stops, come back later");

  private Replies() {}

  static Reply queuedAs(QueueId queueId) {
    return Reply.of(250, "2.0.0", "Ok: queued as " + queueId);
  }

  static Reply greeting(SessionRules rules) {
    return Reply.plain(
        220, rules.hostname() + (rules.isLmtp() ? " LMTP Posthouse" : " ESMTP Posthouse"));
  }
}
