package io.posthouse.storage.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/// A file or a folder that messages are written to, one after the other.
public interface MailExport extends Closeable {
  /// Adds a message, all of it or nothing: where this fails, the next one may be added.
  ///
  /// @throws IOException if the message cannot be read or written
  void add(Exported mail, Octets octets) throws IOException;

  /// Returns when all of it is on disk and in its place.
  void finish() throws IOException;

  /// Lets go of what is open. What was not finished stays beside its place.
  @Override
  void close() throws IOException;

  /// A message's octets, which may be too many for memory.
  interface Octets {
    void writeTo(OutputStream out) throws IOException;
  }
}
