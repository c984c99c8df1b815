package io.posthouse.delivery.conversation;

import io.posthouse.address.Domain;
import io.posthouse.delivery.conversation.ReplyReader.Unintelligible;
import io.posthouse.delivery.tls.TlsClient;
import io.posthouse.delivery.tls.TlsSession;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Commands out, replies in, and how far we are: what a conversation and its transactions share.
final class Line {
  private final Wire wire;
  private final Patience patience;
  private final ReplyReader replies;
  private Stage stage = Stage.GREETING;

  Line(Wire wire, Patience patience) {
    this.wire = wire;
    this.patience = patience;
    this.replies = new ReplyReader(wire);
  }

  Stage stage() {
    return stage;
  }

  /// From now on, whatever happens happens there.
  void reach(Stage next) {
    stage = next;
  }

  /// Says something that leaves us with the next flush.
  void say(Command command) throws IOException {
    wire.output().write(command.wire().getBytes(StandardCharsets.UTF_8));
  }

  /// The host has said nothing that nobody asked for. It would be taken for the reply to what we
  /// say next, and at the end an old 250 for the one that takes the message over.
  ///
  /// @throws Unintelligible if it has
  void beInStep() throws Unintelligible {
    if (replies.hasMore()) throw new Unintelligible("more than was asked for");
  }

  /// Says a line that is no command, and hears the reply.
  Reply answer(Stage next, String words) throws IOException {
    wire.output().write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
    flush();
    return reply(next);
  }

  OutputStream output() {
    return wire.output();
  }

  void flush() throws IOException {
    wire.output().flush();
  }

  Reply ask(Stage next, Command command) throws IOException {
    beInStep();
    say(command);
    flush();
    return reply(next);
  }

  Reply reply(Stage to) throws IOException {
    stage = to;
    return replies.next(patience.forReplyTo(to));
  }

  /// Puts TLS around what follows.
  TlsSession secure(TlsClient tls, MxHost mx, Optional<Domain> serverName) throws IOException {
    // RFC 3207 §4.2, CVE-2011-0411: what came in the clear must not be taken for what is said
    // inside.
    if (replies.hasMore()) throw new Unintelligible("more in the clear than the reply to STARTTLS");
    stage = Stage.TLS;
    return wire.secure(tls, mx, serverName, patience.forReplyTo(Stage.TLS));
  }

  /// Says goodbye, and waits a moment for the host to do the same.
  void leave() throws IOException {
    say(new Command.Quit());
    flush();
    replies.next(patience.quit());
  }

  void close() {
    wire.close();
  }

  /// Why the connection is lost, for an operator.
  String why(IOException lost) {
    var what =
        lost instanceof SocketTimeoutException
            ? "no sign for " + patience.forReplyTo(stage).toSeconds() + " s"
            : String.valueOf(lost.getMessage());
    return what + " while " + stage;
  }
}
