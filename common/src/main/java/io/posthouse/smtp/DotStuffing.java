package io.posthouse.smtp;

import java.io.IOException;
import java.io.OutputStream;

/// Content on its way into DATA: a dot more where a line begins with one, and the final dot (RFC
/// 5321 §4.5.2).
///
/// Refuses a bare CR or LF: whatever we put on the wire, no reader may find an end of content in it
/// that we did not mean (RFC 5321 §2.3.8, "SMTP smuggling").
public final class DotStuffing {
  private final OutputStream wire;
  private boolean lineStarts = true;
  private byte last = '\n';

  public DotStuffing(OutputStream wire) {
    this.wire = wire;
  }

  /// Writes the next octets of the content, cut wherever the caller likes.
  ///
  /// @throws BareLineEnd if the content must not be sent; some of it may have been
  public void write(byte[] octets, int offset, int length) throws IOException {
    int unsent = offset;
    for (int i = offset; i < offset + length; i++) {
      var octet = octets[i];
      if ((octet == '\n') != (last == '\r')) throw new BareLineEnd();
      if (lineStarts && octet == '.') {
        wire.write(octets, unsent, i - unsent);
        wire.write('.');
        unsent = i;
      }
      lineStarts = octet == '\n';
      last = octet;
    }
    wire.write(octets, unsent, offset + length - unsent);
  }

  /// Ends the content, and its last line if it is open.
  ///
  /// @throws BareLineEnd if the last octet was a CR
  public void end() throws IOException {
    if (last == '\r') throw new BareLineEnd();
    if (!lineStarts) crlf();
    wire.write('.');
    crlf();
  }

  private void crlf() throws IOException {
    wire.write('\r');
    wire.write('\n');
  }

  /// A CR without LF, or an LF without CR.
  public static final class BareLineEnd extends IOException {
    private static final long serialVersionUID = 1;

    BareLineEnd() {
      super("content holds a bare CR or LF");
    }
  }
}
