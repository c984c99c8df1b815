package io.posthouse.ops.bench;

import io.posthouse.config.HostPort;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// An MX host on loopback that takes every message and forgets it: the cheapest one a worker can
/// meet, so that a measurement is of the worker.
final class SmtpSink implements AutoCloseable {
  private static final int BACKLOG = 1_000;

  private final List<ServerSocket> listening;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicLong taken = new AtomicLong();

  private SmtpSink(List<ServerSocket> listening) {
    this.listening = List.copyOf(listening);
  }

  /// Listens on any free port.
  static SmtpSink start() {
    return start(1);
  }

  /// Listens at so many addresses of loopback, counted up from 127.0.0.1, on one port.
  static SmtpSink start(int addresses) {
    var listening = new ArrayList<ServerSocket>();
    var first = new HostPort("127.0.0.1", 0);
    try {
      for (int n = 0; n < addresses; n++) {
        var address = InetAddress.ofLiteral(next(first, n).host());
        var port = n == 0 ? 0 : listening.getFirst().getLocalPort();
        listening.add(new ServerSocket(port, BACKLOG, address));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var sink = new SmtpSink(listening);
    for (var at : listening) Thread.ofVirtual().name("smtp-sink").start(() -> sink.accept(at));
    return sink;
  }

  /// The same port, `n` addresses further.
  static HostPort next(HostPort first, int n) {
    if (n == 0) return first;
    var octets = InetAddress.ofLiteral(first.host()).getAddress();
    octets[octets.length - 1] += (byte) n;
    try {
      return new HostPort(InetAddress.getByAddress(octets).getHostAddress(), first.port());
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException(wrongLength);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getFirst().getLocalSocketAddress();
  }

  /// Messages taken so far.
  long taken() {
    return taken.get();
  }

  @Override
  public void close() {
    try {
      for (var at : listening) at.close();
      for (var client : clients) client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket at) {
    while (!at.isClosed()) {
      try {
        var client = at.accept();
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
