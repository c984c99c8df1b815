package io.posthouse.ops.testbed;

import io.posthouse.config.HostPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A mail client that says one command at a time and waits for the reply. Knows nothing of our own
/// codecs, so that it can tell on them.
public final class SmtpClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final String greeting;

  /// Connects, and says EHLO.
  ///
  /// @throws IOException if there is no SMTP server
  public SmtpClient(HostPort server) throws IOException {
    this(new Socket(server.host(), server.port()), "EHLO");
  }

  /// Takes over a connection, and says EHLO or what stands for it.
  public SmtpClient(Socket connected, String hello) throws IOException {
    socket = connected;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    greeting = reply();
    ask(hello + " client.example.test");
  }

  /// Sends one message over a connection of its own.
  ///
  /// @return the reply to the content, or the first that refused
  public static String send(HostPort server, String from, String to, byte[] content)
      throws IOException {
    try (var client = new SmtpClient(server)) {
      return client.send(from, List.of(to), content);
    }
  }

  /// Sends one message.
  ///
  /// @return the reply to the content, or the first that refused
  public String send(String from, Collection<String> to, byte[] content) throws IOException {
    for (var command : commands(from, to)) {
      var reply = ask(command);
      if (reply.charAt(0) > '3') return reply;
    }
    return content(content);
  }

  /// Sends the content, after a 354.
  public String content(byte[] content) throws IOException {
    socket.getOutputStream().write(stuffed(content));
    return reply();
  }

  /// Sends the content as it is, in one chunk (RFC 3030).
  public String chunk(byte[] content) throws IOException {
    var command = "BDAT " + content.length + " LAST\r\n";
    socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(content);
    return reply();
  }

  /// Says a command; the last line of its reply.
  public String ask(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    return reply();
  }

  public String greeting() {
    return greeting;
  }

  /// The queue id in `250 2.0.0 Ok: queued as ID`.
  public static String queueId(String reply) {
    var before = "250 2.0.0 Ok: queued as ";
    if (!reply.startsWith(before)) throw new AssertionError("not queued: " + reply);
    return reply.substring(before.length());
  }

  /// Leaves without a QUIT, as clients do.
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static List<String> commands(String from, Collection<String> to) {
    var commands = new ArrayList<String>();
    commands.add("MAIL FROM:<" + from + ">");
    to.forEach(recipient -> commands.add("RCPT TO:<" + recipient + ">"));
    commands.add("DATA");
    return commands;
  }

  /// Dot-stuffed and ended (RFC 5321 §4.5.2).
  private static byte[] stuffed(byte[] content) {
    var wire = new ByteArrayOutputStream(content.length + 100);
    var startOfLine = true;
    for (var octet : content) {
      if (startOfLine && octet == '.') wire.write('.');
      wire.write(octet);
      startOfLine = octet == '\n';
    }
    wire.writeBytes((startOfLine ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
    return wire.toByteArray();
  }

  /// The last line of the next reply: LMTP has several for one content.
  public String reply() throws IOException {
    var line = line();
    while (line.length() > 3 && line.charAt(3) == '-') line = line();
    return line;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new IOException("the server hung up");
      line.write(c);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
