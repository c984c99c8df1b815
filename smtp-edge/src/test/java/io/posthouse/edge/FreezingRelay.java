package io.posthouse.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Stands between a client and a server on loopback, and can stop passing anything on without
/// closing anything: a server that hangs.
final class FreezingRelay implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition thawed = lock.newCondition();
  private boolean frozen;

  FreezingRelay(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void freeze() {
    set(true);
  }

  void thaw() {
    set(false);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (var socket : sockets) socket.close();
  }

  private void set(boolean to) {
    lock.lock();
    try {
      frozen = to;
      thawed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        pass(client.getInputStream(), server.getOutputStream());
        pass(server.getInputStream(), client.getOutputStream());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pass(InputStream from, OutputStream to) {
    Thread.ofVirtual()
        .start(() -> {
          var octets = new byte[8192];
          try {
            for (int n = from.read(octets); n >= 0; n = from.read(octets)) {
              awaitThaw();
              to.write(octets, 0, n);
            }
          } catch (IOException | InterruptedException closed) {
            // The test is over, or one end has gone.
          }
        });
  }

  private void awaitThaw() throws InterruptedException {
    lock.lock();
    try {
      while (frozen) thawed.await();
    } finally {
      lock.unlock();
    }
  }
}
