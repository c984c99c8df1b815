package io.posthouse.edge.session;

/// What we say no with, other than about one sender or recipient.
public final class Refusals {
  public static final Refusal LINE_TOO_LONG = Refusal.of("syntax", 500, "5.5.2", "Line too long");
  public static final Refusal NOT_ENDED_BY_CRLF =
      Refusal.of("bare_newline", 500, "5.5.2", "Lines end with CRLF");
  public static final Refusal TOO_BIG = Refusal.of("size", 552, "5.3.4", "Message too big");
  public static final Refusal BARE_NEWLINE =
      Refusal.of("bare_newline", 550, "5.5.2", "Message has a CR or LF outside of a CRLF");
  public static final Refusal TOO_MANY_CONNECTIONS =
      Refusal.of("connections", 421, "4.7.0", "Too many connections, come back later");

  public static final Refusal STOPPING =
      Refusal.of("stopping", 421, "4.3.2", "Service stops, come back later");
  public static final Refusal BUSY = Refusal.of("memory", 421, "4.3.1", "Busy, come back later");

  /// Our own trouble is never their error.
  public static final Refusal TRY_AGAIN_LATER =
      Refusal.of("queue", 451, "4.3.0", "Cannot take mail right now, try again later");

  /// Hosts may refuse what is not signed (RFC 7489 §6.3), so it does not leave without.
  public static final Refusal CANNOT_SIGN =
      Refusal.of("dkim", 451, "4.7.5", "Cannot sign for this author right now, try again later");

  /// We cannot say as whom somebody has logged in.
  public static final Refusal INTRODUCED_IN_VAIN =
      Refusal.of("directory", 421, "4.3.0", "Cannot look up logins right now, come back later");

  /// A proxy knows a user whom we do not.
  public static final Refusal NO_SUCH_LOGIN =
      Refusal.of("xclient", 550, "5.7.0", "No such user may log in");

  static final Refusal NOT_TRUSTED =
      Refusal.of("xclient", 550, "5.7.0", "We do not take your word for that");
  static final Refusal MAY_NOT_FORWARD =
      Refusal.of("xforward", 550, "5.7.0", "We do not take your word for that");
  static final Refusal TOO_MANY_ERRORS = Refusal.of("errors", 421, "4.7.0", "Too many errors");
  static final Refusal TOO_MANY_UNKNOWN =
      Refusal.of("harvest", 421, "4.7.0", "Too many unknown recipients");
  public static final Refusal SPOKE_FIRST =
      Refusal.of("early_talker", 554, "5.5.0", "Wait for the greeting before you speak");
  static final Refusal TOO_MANY_COMMANDS =
      Refusal.of("commands", 421, "4.7.0", "Too many commands");
  static final Refusal NO_ROOM = Refusal.of("memory", 452, "4.3.1", "Busy, try again later");
  static final Refusal TOO_MANY_RECIPIENTS =
      Refusal.of("recipients", 452, "4.5.3", "Too many recipients");
  static final Refusal LOGIN_BLOCKED =
      Refusal.of("guessing", 421, "4.7.0", "Too many wrong logins from there, try again later");
  static final Refusal TOO_MANY_WRONG_LOGINS =
      Refusal.of("guessing", 421, "4.7.0", "Too many wrong logins");
  static final Refusal UNKNOWN_COMMAND = Refusal.of("syntax", 500, "5.5.2", "Unknown command");
  static final Refusal WRONG_HELLO_FOR_LMTP =
      Refusal.of("sequence", 500, "5.5.1", "This is LMTP, say LHLO");
  static final Refusal WRONG_HELLO_FOR_SMTP =
      Refusal.of("sequence", 500, "5.5.1", "This is SMTP, say EHLO");
  static final Refusal LOGIN_UNINTELLIGIBLE =
      Refusal.of("syntax", 501, "5.5.2", "Cannot decode that");
  static final Refusal LOGIN_CANCELLED = Refusal.of("login", 501, "5.7.0", "Login cancelled");
  static final Refusal TWICE = Refusal.of("syntax", 501, "5.5.4", "Parameter given twice");
  static final Refusal NOT_OFFERED = Refusal.of("sequence", 502, "5.5.1", "Not offered here");
  static final Refusal BAD_SEQUENCE =
      Refusal.of("sequence", 503, "5.5.1", "Bad sequence of commands");
  static final Refusal ONLY_BY_BDAT = Refusal.of("sequence", 503, "5.5.1", "BINARYMIME needs BDAT");
  static final Refusal NO_SUCH_MECHANISM = Refusal.of("login", 504, "5.5.4", "No such mechanism");
  static final Refusal LOGIN_FIRST = Refusal.of("login", 530, "5.7.0", "Authentication required");
  static final Refusal LOGIN_WRONG =
      Refusal.of("login", 535, "5.7.8", "Wrong user name or password");

  /// An application password, or one hashed with bcrypt, cannot be proved by SCRAM: its owner must
  /// not be left to believe that it is wrong.
  static final Refusal PROOF_WRONG =
      Refusal.of(
          "login",
          535,
          "5.7.8",
          "Wrong user name or password, or a password that needs AUTH PLAIN or LOGIN");

  static final Refusal CERTIFICATE_FIRST =
      Refusal.of("certificate", 530, "5.7.0", "Say STARTTLS, and show a certificate that we trust");
  static final Refusal TLS_FIRST =
      Refusal.of("login", 538, "5.7.11", "Encryption required, say STARTTLS");
  static final Refusal SMTPUTF8_MISSING =
      Refusal.of("smtputf8", 553, "5.6.7", "Addresses beyond ASCII need SMTPUTF8");
  static final Refusal CONTENT_IS_NO_COMMAND =
      Refusal.of("sequence", 554, "5.5.1", "Content came without a 354");
  static final Refusal SLIPPED_IN =
      Refusal.of("injection", 554, "5.5.1", "Nothing may follow STARTTLS");
  static final Refusal NO_RECIPIENTS = Refusal.of("sequence", 554, "5.5.1", "No valid recipients");

  /// LMTP has a code of its own for it (RFC 2033 §4.2).
  static final Refusal NO_RECIPIENTS_FOR_LMTP =
      Refusal.of("sequence", 503, "5.5.1", "No valid recipients");

  static final Refusal NOT_FOR_BROWSERS =
      Refusal.of("syntax", 554, "5.5.2", "This is a mail server");

  private Refusals() {}

  /// Names us and never the account: nobody should go and change a password that is right.
  static Refusal loginUnavailable(String incident) {
    var text = "Temporary authentication failure on our side, not your password [" + incident + "]";
    return Refusal.of("directory", 454, "4.7.0", text);
  }

  static Refusal timedOut(String what) {
    return Refusal.of("time", 421, "4.4.2", what);
  }

  static Refusal badValue(String keyword) {
    return Refusal.of("syntax", 501, "5.5.4", "Bad value of " + keyword);
  }

  /// No client makes our replies longer than they may be (RFC 5321 §4.5.3.1.5).
  private static String shown(String keyword) {
    return keyword.length() > 40 ? keyword.substring(0, 40) : keyword;
  }

  static Refusal badAttribute(String name) {
    return Refusal.of("syntax", 501, "5.5.4", "Bad attribute " + shown(name));
  }

  static Refusal unknownParameter(String keyword) {
    return Refusal.of("syntax", 555, "5.5.4", "Unknown parameter " + shown(keyword));
  }
}
