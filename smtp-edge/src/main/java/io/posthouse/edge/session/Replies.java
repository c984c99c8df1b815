package io.posthouse.edge.session;

import io.posthouse.message.QueueId;
import io.posthouse.smtp.Reply;

/// What we say, other than about one sender or recipient.
public final class Replies {
  public static final Reply LINE_TOO_LONG = Reply.of(500, "5.5.2", "Line too long");
  public static final Reply NOT_ENDED_BY_CRLF = Reply.of(500, "5.5.2", "Lines end with CRLF");
  public static final Reply TOO_BIG = Reply.of(552, "5.3.4", "Message too big");
  public static final Reply BARE_NEWLINE =
      Reply.of(550, "5.5.2", "Message has a CR or LF that is not part of a CRLF");
  public static final Reply LOOP = Reply.of(554, "5.4.6", "Too many hops, this message loops");
  public static final Reply TOO_MANY_CONNECTIONS =
      Reply.of(421, "4.7.0", "Too many connections, come back later");
  public static final Reply TRY_AGAIN_LATER =
      Reply.of(451, "4.3.0", "Cannot take mail right now, try again later");

  static final Reply OK = Reply.of(250, "2.0.0", "Ok");
  static final Reply SENDER_OK = Reply.of(250, "2.1.0", "Sender ok");
  static final Reply RECIPIENT_OK = Reply.of(250, "2.1.5", "Recipient ok");
  static final Reply GO_AHEAD_WITH_CONTENT =
      Reply.plain(354, "Send the message, end it with CRLF.CRLF");
  static final Reply GO_AHEAD_WITH_TLS = Reply.of(220, "2.0.0", "Go ahead");
  static final Reply BYE = Reply.of(221, "2.0.0", "Bye");
  static final Reply LOGGED_IN = Reply.of(235, "2.7.0", "Welcome");
  static final Reply WILL_NOT_VERIFY = Reply.of(252, "2.1.5", "Send mail to it, then we both know");
  static final Reply HELP = Reply.of(214, "2.0.0", "This is ESMTP as in RFC 5321");

  static final Reply CLOSING = Reply.of(421, "4.3.2", "Service stops, come back later");
  static final Reply TOO_MANY_ERRORS = Reply.of(421, "4.7.0", "Too many errors");
  static final Reply TOO_MANY_COMMANDS = Reply.of(421, "4.7.0", "Too many commands");
  static final Reply NO_ROOM = Reply.of(452, "4.3.1", "Busy, try again later");
  static final Reply TOO_MANY_RECIPIENTS = Reply.of(452, "4.5.3", "Too many recipients");
  static final Reply LOGIN_UNAVAILABLE =
      Reply.of(454, "4.7.0", "Cannot check logins right now, try again later");

  static final Reply UNKNOWN_COMMAND = Reply.of(500, "5.5.2", "Unknown command");
  static final Reply WRONG_HELLO_FOR_LMTP = Reply.of(500, "5.5.1", "This is LMTP, say LHLO");
  static final Reply WRONG_HELLO_FOR_SMTP = Reply.of(500, "5.5.1", "This is SMTP, say EHLO");
  static final Reply LOGIN_UNINTELLIGIBLE = Reply.of(501, "5.5.2", "Cannot decode that");
  static final Reply LOGIN_CANCELLED = Reply.of(501, "5.7.0", "Login cancelled");
  static final Reply NOT_OFFERED = Reply.of(502, "5.5.1", "Not offered here");
  static final Reply BAD_SEQUENCE = Reply.of(503, "5.5.1", "Bad sequence of commands");
  static final Reply NO_SUCH_MECHANISM = Reply.of(504, "5.5.4", "No such mechanism");
  static final Reply NOT_FOR_BROWSERS = Reply.of(554, "5.5.2", "This is a mail server");
  static final Reply LOGIN_FIRST = Reply.of(530, "5.7.0", "Authentication required");
  static final Reply LOGIN_WRONG = Reply.of(535, "5.7.8", "Wrong user name or password");
  static final Reply TLS_FIRST = Reply.of(538, "5.7.11", "Encryption required, say STARTTLS");
  static final Reply SMTPUTF8_MISSING =
      Reply.of(553, "5.6.7", "Addresses beyond ASCII are not taken here");
  static final Reply SLIPPED_IN = Reply.of(554, "5.5.1", "Do not send anything behind STARTTLS");
  static final Reply NO_RECIPIENTS = Reply.of(554, "5.5.1", "No valid recipients");

  private Replies() {}

  static Reply queuedAs(QueueId queueId) {
    return Reply.of(250, "2.0.0", "Ok: queued as " + queueId);
  }

  static Reply greeting(SessionRules rules) {
    return Reply.plain(
        220, rules.hostname() + (rules.isLmtp() ? " LMTP Posthouse" : " ESMTP Posthouse"));
  }

  static Reply timedOut(String what) {
    return Reply.of(421, "4.4.2", what);
  }
}
