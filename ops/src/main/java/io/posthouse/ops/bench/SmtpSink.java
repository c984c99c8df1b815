package io.posthouse.ops.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// An MX host on loopback that takes every message and forgets it: the cheapest one a worker can
/// meet, so that a measurement is of the worker.
final class SmtpSink implements AutoCloseable {
  private static final int BACKLOG = 1_000;

  private final ServerSocket listening;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicLong taken = new AtomicLong();

  private SmtpSink(ServerSocket listening) {
    this.listening = listening;
  }

  /// Listens on any free port.
  static SmtpSink start() {
    try {
      var sink = new SmtpSink(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
      Thread.ofVirtual().name("smtp-sink").start(sink::accept);
      return sink;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /// Messages taken so far.
  long taken() {
    return taken.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (var client : clients) client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        var client = listening.accept();
        clients.add(client);
        Thread.ofVirtual().name("smtp-sink-session").start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      var out = new BufferedOutputStream(client.getOutputStream(), 1024);
      say(out, "220 sink.bench.test ESMTP");
      out.flush();
      converse(new WireLines(client.getInputStream()), out);
    } catch (IOException clientLeft) {
      // As clients do.
    } finally {
      clients.remove(client);
    }
  }

  private void converse(WireLines in, OutputStream out) throws IOException {
    for (var verb = in.verb(); !verb.isEmpty(); verb = in.verb()) {
      switch (verb) {
        case "EHLO" ->
            say(out, "250-sink.bench.test\r\n250-PIPELINING\r\n250-SIZE\r\n250 8BITMIME");
        case "DATA" -> data(in, out);
        case "QUIT" -> {
          say(out, "221 2.0.0 Bye");
          out.flush();
          return;
        }
        default -> say(out, "250 2.0.0 Ok");
      }
      // Commands that came together get their replies together (RFC 2920).
      if (!in.hasMore()) out.flush();
    }
  }

  private void data(WireLines in, OutputStream out) throws IOException {
    say(out, "354 Go ahead");
    out.flush();
    in.skipContent();
    taken.incrementAndGet();
    say(out, "250 2.0.0 Ok: forgotten");
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
