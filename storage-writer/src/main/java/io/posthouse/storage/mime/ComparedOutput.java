package io.posthouse.storage.mime;

import io.posthouse.message.Octets;
import java.io.IOException;
import java.io.OutputStream;

/// Takes what should be a certain message, and fails at the first octet that is not.
public final class ComparedOutput extends OutputStream {
  private final Message message;
  private int at;

  public ComparedOutput(Message message) {
    this.message = message;
  }

  @Override
  public void write(int octet) throws IOException {
    if (at >= message.length() || message.at(at) != (byte) octet)
      throw new IOException("differs at " + at);
    at++;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    if (length > message.length() - at
        || !Octets.of(octets, offset, length).equals(message.octets(new Slice(at, at + length))))
      throw new IOException("differs after " + at);
    at += length;
  }

  /// Whether all of it came.
  public boolean isComplete() {
    return at == message.length();
  }
}
