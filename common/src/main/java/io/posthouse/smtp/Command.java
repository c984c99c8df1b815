package io.posthouse.smtp;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.ReversePath;
import java.util.List;

/// What a client says between the greeting and QUIT (RFC 5321 §4.1). `CommandParser` reads them,
/// [#wire()] writes them.
public sealed interface Command {
  record Ehlo(String client) implements Command {}

  record Helo(String client) implements Command {}

  /// LMTP's EHLO (RFC 2033 §4.1).
  record Lhlo(String client) implements Command {}

  /// Opens a transaction.
  ///
  /// @param beyondAscii whether the path was said in UTF-8, be it only the domain's
  record Mail(ReversePath from, List<Parameter> parameters, boolean beyondAscii)
      implements Command {
    public Mail {
      parameters = List.copyOf(parameters);
    }

    /// As we say it: domains in ASCII.
    public Mail(ReversePath from, List<Parameter> parameters) {
      this(from, parameters, from.sender().filter(sender -> !sender.isAscii()).isPresent());
    }
  }

  /// Names a recipient.
  ///
  /// @param beyondAscii whether the path was said in UTF-8, be it only the domain's
  record Rcpt(ForwardPath to, List<Parameter> parameters, boolean beyondAscii) implements Command {
    public Rcpt {
      parameters = List.copyOf(parameters);
    }

    /// As we say it: domains in ASCII.
    public Rcpt(ForwardPath to, List<Parameter> parameters) {
      this(to, parameters, to instanceof ForwardPath.Mailbox(var address) && !address.isAscii());
    }
  }

  record Data() implements Command {}

  /// The next `size` octets behind the line's CRLF are content (RFC 3030 §2).
  ///
  /// @param size of this chunk, 0 or more
  /// @param last whether the message ends with it
  record Bdat(long size, boolean last) implements Command {
    public Bdat {
      if (size < 0)
        throw new IllegalArgumentException("chunk size: " + size + " (expected: 0 or more)");
    }
  }

  record Rset() implements Command {}

  record Noop() implements Command {}

  record Quit() implements Command {}

  record Vrfy(String who) implements Command {}

  record Expn(String list) implements Command {}

  record Help(String topic) implements Command {}

  record StartTls() implements Command {}

  /// Starts a SASL exchange (RFC 4954 §4).
  ///
  /// @param initialResponse base64 as it stood, `=` for an empty one, or empty where the client
  ///   waits for our 334
  record Auth(String mechanism, String initialResponse) implements Command {}

  /// A header field: content from somebody who has not waited to hear whether we want it.
  record Field() implements Command {}

  /// A host says who the client is that it speaks for (Postfix, XCLIENT_README).
  ///
  /// @param attributes as they stood, values in xtext
  record XClient(List<Parameter> attributes) implements Command {
    public XClient {
      attributes = List.copyOf(attributes);
    }
  }

  /// A host says where it had its next message from (Postfix, XFORWARD_README).
  ///
  /// @param attributes as they stood, values in xtext
  record XForward(List<Parameter> attributes) implements Command {
    public XForward {
      attributes = List.copyOf(attributes);
    }
  }

  /// Known to nobody: 500 5.5.2.
  record Unknown(String verb) implements Command {}

  /// A known verb with arguments that break its grammar: 501 5.5.4, or 555 for a parameter.
  record Malformed(String verb, Reply reply) implements Command {}

  /// The line to send, ended by CRLF.
  default String wire() {
    return line() + "\r\n";
  }

  private String line() {
    return switch (this) {
      case Ehlo(var client) -> "EHLO " + client;
      case Helo(var client) -> "HELO " + client;
      case Lhlo(var client) -> "LHLO " + client;
      case Mail(var from, var parameters, _) -> "MAIL FROM:" + from + Parameter.tail(parameters);
      case Rcpt(var to, var parameters, _) -> "RCPT TO:" + to + Parameter.tail(parameters);
      case Data() -> "DATA";
      case Bdat(long size, boolean last) -> last ? "BDAT " + size + " LAST" : "BDAT " + size;
      case Rset() -> "RSET";
      case Noop() -> "NOOP";
      case Quit() -> "QUIT";
      case Vrfy(var who) -> "VRFY " + who;
      case Expn(var list) -> "EXPN " + list;
      case Help(var topic) -> topic.isEmpty() ? "HELP" : "HELP " + topic;
      case StartTls() -> "STARTTLS";
      case Auth(var mechanism, var initial) ->
          initial.isEmpty() ? "AUTH " + mechanism : "AUTH " + mechanism + " " + initial;
      case Field() -> "Subject:";
      case XClient(var attributes) -> "XCLIENT" + Parameter.tail(attributes);
      case XForward(var attributes) -> "XFORWARD" + Parameter.tail(attributes);
      case Unknown(var verb) -> verb;
      case Malformed(var verb, _) -> verb;
    };
  }
}
