package io.posthouse.edge;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// A socket whose octets leave as the network may cut them, those of a TLS handshake included.
final class SegmentedSocket extends Socket {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final Executor GAP =
      CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS, Runnable::run);

  private Segmentation cut;
  private byte[] held = {};

  SegmentedSocket(InetSocketAddress to, Segmentation cut) throws IOException {
    this.cut = cut;
    setTcpNoDelay(true);
    setSoTimeout(PATIENCE_MILLIS);
    connect(to);
  }

  /// What is sent from now on is not cut.
  void sendWhole() {
    cut = Segmentation.GROUPS;
  }

  /// Sends `octets` in one segment with whatever is sent next.
  void hold(byte[] octets) {
    held = octets.clone();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Cutting(super.getOutputStream());
  }

  private byte[] withHeld(byte[] octets) {
    var all = Arrays.copyOf(held, held.length + octets.length);
    System.arraycopy(octets, 0, all, held.length, octets.length);
    held = new byte[0];
    return all;
  }

  /// Sends `octets` to `out` as they are cut.
  static void send(byte[] octets, Segmentation cut, OutputStream out) throws IOException {
    for (var segment : cut.cut(octets)) {
      out.write(segment);
      out.flush();
      if (cut.hasGaps()) CompletableFuture.runAsync(() -> {}, GAP).join();
    }
  }

  private final class Cutting extends OutputStream {
    private final OutputStream out;

    private Cutting(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      send(withHeld(Arrays.copyOfRange(octets, from, from + length)), cut, out);
    }
  }
}
