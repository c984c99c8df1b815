package io.posthouse.delivery.conversation;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// A connection as a conversation uses it: octets out, octets in, both may block. An `IOException`
/// means that it is lost.
public interface Wire extends Closeable {
  /// Buffered: nothing is on its way before `flush`.
  OutputStream output();

  /// Reads at least one octet into `buffer`, or answers -1 at the end.
  ///
  /// @throws java.net.SocketTimeoutException if nothing came for so long
  int read(byte[] buffer, Duration patience) throws IOException;

  /// Lets go at once; a thread that blocks on the wire gets an exception.
  @Override
  void close();
}
