package io.posthouse.storage.lmtp;

import io.posthouse.address.ForwardPath;
import io.posthouse.address.MailAddress;
import io.posthouse.config.HostPort;
import io.posthouse.message.ContentTraits;
import io.posthouse.message.Envelope;
import io.posthouse.message.Octets;
import io.posthouse.outcome.MxHost;
import io.posthouse.smtp.Command;
import io.posthouse.smtp.DotStuffing;
import io.posthouse.smtp.Parameter;
import io.posthouse.smtp.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/// A conversation with an LMTP server (RFC 2033): one transaction after the other, each with one
/// recipient, so that each content has one reply.
final class Session implements Closeable {
  private final Wire wire;
  private final Patience patience;
  private final MxHost server;
  private final Set<String> offers;
  private boolean unfinished;
  private boolean opened;

  private Session(Wire wire, Patience patience, MxHost server, Set<String> offers) {
    this.wire = wire;
    this.patience = patience;
    this.server = server;
    this.offers = offers;
  }

  /// Connects to the first address that answers, and says hello.
  ///
  /// @param ourselves our name
  /// @throws IOException if none does, or if it does not want to talk
  static Session open(
      HostPort where, String ourselves, Patience patience, ScheduledExecutorService alarms)
      throws IOException {
    var failed = new ArrayList<String>();
    for (var address : InetAddress.getAllByName(where.host())) {
      var server = new MxHost(where.host(), address, where.port());
      try {
        return open(server, ourselves, patience, alarms);
      } catch (IOException e) {
        failed.add(server + ": " + e.getMessage());
      }
    }
    throw new IOException(String.join("; ", failed));
  }

  private static Session open(
      MxHost server, String ourselves, Patience patience, ScheduledExecutorService alarms)
      throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      var address = new InetSocketAddress(server.address(), server.port());
      socket.connect(address, Math.toIntExact(patience.connect().toMillis()));
      var wire = new Wire(socket, alarms);
      welcome(wire.reply(patience.command()));
      var hello = welcome(wire.ask(new Command.Lhlo(ourselves), patience.command()));
      return new Session(wire, patience, server, offers(hello));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Reply welcome(Reply reply) throws IOException {
    if (reply.code() / 100 != 2) throw new IOException("said " + reply);
    return reply;
  }

  private static Set<String> offers(Reply hello) {
    return hello.lines().stream()
        .skip(1)
        .map(line -> line.split(" ", 2)[0].toUpperCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  MxHost server() {
    return server;
  }

  /// Whether a transaction was accepted: from then on, what happens may be the message's fault.
  boolean isOpened() {
    return opened;
  }

  /// Offers a message under the first name that the server knows its recipient by, and answers the
  /// reply that decided.
  ///
  /// @param names of the recipient, at least one
  /// @param content without bare line ends ([Lines])
  /// @throws IOException if the connection is lost; the server may have the message all the same if
  ///   [#isOpened]
  Reply deliver(Envelope envelope, List<MailAddress> names, Octets content) throws IOException {
    opened = false;
    if (!wire.isInStep()) throw new IOException("more than was asked for");
    // The next transaction must find nothing of the last one.
    if (unfinished) welcome(wire.ask(new Command.Rset(), patience.command()));
    unfinished = true;
    return transact(envelope, names, content);
  }

  /// Says goodbye without waiting for an answer that changes nothing.
  @Override
  public void close() {
    wire.close();
  }

  private Reply transact(Envelope envelope, List<MailAddress> names, Octets content)
      throws IOException {
    var mail = new Command.Mail(envelope.reversePath(), parameters(envelope, content));
    var refused = begin(mail, names);
    if (refused.isPresent()) return refused.get();
    var data = wire.ask(new Command.Data(), patience.data());
    if (data.isNegative()) return data;
    if (data.code() / 100 != 3) throw new IOException("DATA answered with " + data);
    var end = send(content);
    unfinished = false;
    return end;
  }

  /// Empty where a recipient was accepted.
  private Optional<Reply> begin(Command.Mail mail, List<MailAddress> names) throws IOException {
    wire.say(mail);
    var ahead = offers.contains("PIPELINING");
    if (ahead) wire.say(rcpt(names.getFirst()));
    var sender = wire.reply(patience.command());
    opened = !sender.isNegative();
    var first = ahead ? Optional.of(wire.reply(patience.command())) : Optional.<Reply>empty();
    if (sender.isNegative()) return Optional.of(sender);
    var last = first.isPresent() ? first.get() : ask(names.getFirst());
    for (var name : names.subList(1, names.size())) if (last.isPermanent()) last = ask(name);
    return last.isNegative() ? Optional.of(last) : Optional.empty();
  }

  private Reply ask(MailAddress name) throws IOException {
    return wire.ask(rcpt(name), patience.command());
  }

  private static Command.Rcpt rcpt(MailAddress name) {
    return new Command.Rcpt(new ForwardPath.Mailbox(name), List.of());
  }

  private Reply send(Octets content) throws IOException {
    var stuffing = new DotStuffing(wire.content(patience.block()));
    try (var octets = content.input()) {
      var buffer = new byte[16 * 1024];
      for (int read; (read = octets.read(buffer)) >= 0; ) stuffing.write(buffer, 0, read);
    }
    // Lose the connection between here and the reply and the message may be taken (RFC 1047).
    stuffing.end();
    return wire.reply(patience.end());
  }

  private List<Parameter> parameters(Envelope envelope, Octets content) throws IOException {
    var parameters = new ArrayList<Parameter>();
    if (offers.contains("SIZE"))
      parameters.add(new Parameter("SIZE", String.valueOf(content.length())));
    if (offers.contains("8BITMIME") && ContentTraits.of(content.input()).eightBit())
      parameters.add(new Parameter("BODY", "8BITMIME"));
    if (offers.contains("SMTPUTF8") && envelope.parameters().smtpUtf8())
      parameters.add(new Parameter("SMTPUTF8", ""));
    return parameters;
  }
}
