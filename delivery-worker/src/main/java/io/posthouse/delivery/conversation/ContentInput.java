package io.posthouse.delivery.conversation;

import io.posthouse.message.MessageSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Keeps trouble with our own content apart from a lost connection.
final class ContentInput extends FilterInputStream {
  private ContentInput(InputStream content) {
    super(content);
  }

  static ContentInput of(MessageSource message) throws Unreadable {
    try {
      return new ContentInput(message.open());
    } catch (IOException e) {
      throw new Unreadable(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException e) {
      throw new Unreadable(e);
    }
  }

  @Override
  public void close() {
    try {
      super.close();
    } catch (IOException readAllTheSame) {
      // We have what we wanted of it.
    }
  }

  static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;
    private final IOException cause;

    Unreadable(IOException cause) {
      super(cause);
      this.cause = cause;
    }

    static Unreadable tooShort(long octets, long expected) {
      return new Unreadable(
          new IOException("content of " + octets + " octets (expected: " + expected + ")"));
    }

    IOException cause() {
      return cause;
    }
  }
}
