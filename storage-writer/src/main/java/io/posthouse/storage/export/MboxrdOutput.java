package io.posthouse.storage.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Quotes a message for an mbox file: a line of any number of `>`, none included, and `From ` gets
/// one more `>`. Whoever takes one away from each such line has the message again.
final class MboxrdOutput extends FilterOutputStream {
  private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

  private boolean atStart = true;
  private int matched;
  private long octets;
  private int last = '\n';

  MboxrdOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int octet) throws IOException {
    octets++;
    last = octet & 0xff;
    if (atStart && octet == FROM[matched]) {
      if (++matched == FROM.length) quote();
      return;
    }
    if (atStart && !(octet == '>' && matched == 0)) release();
    out.write(octet);
    if (octet == '\n') atStart = true;
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) write(from[i]);
  }

  /// Octets written to this, which are those of the message.
  long octets() {
    return octets;
  }

  /// Ends the message. What looked like the beginning of `From ` was not.
  ///
  /// @return whether it ends with a line's end
  boolean end() throws IOException {
    release();
    return last == '\n';
  }

  private void quote() throws IOException {
    out.write('>');
    release();
  }

  private void release() throws IOException {
    out.write(FROM, 0, matched);
    matched = 0;
    atStart = false;
  }
}
