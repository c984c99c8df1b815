package io.posthouse.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// Octets that nobody changes: content is never decoded on its way, so it is never a string.
public final class Octets {
  /// None at all.
  public static final Octets EMPTY = new Octets(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Octets(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// The octets of `array`, which the caller hands over and does not touch again.
  public static Octets of(byte[] array) {
    return new Octets(array, 0, array.length);
  }

  /// Like [#of(byte\[\])], for a part of the array.
  public static Octets of(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    return new Octets(array, offset, length);
  }

  /// The UTF-8 octets of `text`.
  public static Octets utf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// These, and then `more`.
  public Octets then(Octets more) {
    if (more.length == 0) return this;
    var all = Arrays.copyOf(toArray(), length + more.length);
    System.arraycopy(more.array, more.offset, all, length, more.length);
    return of(all);
  }

  /// These, but no more than `most`; a view, without a copy.
  public Octets first(int most) {
    return most >= length ? this : new Octets(array, offset, Math.max(0, most));
  }

  public int length() {
    return length;
  }

  /// As characters; what the charset does not know becomes U+FFFD.
  public String text(Charset charset) {
    return new String(array, offset, length, charset);
  }

  public InputStream input() {
    return new ByteArrayInputStream(array, offset, length);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(array, offset, length);
  }

  /// A read-only view, without a copy.
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /// The octets as an array that nobody may change: the one that was handed over, where they are
  /// all of it.
  public byte[] sharedArray() {
    return length == array.length ? array : toArray();
  }

  /// A copy.
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets o
        && Arrays.equals(array, offset, offset + length, o.array, o.offset, o.offset + o.length);
  }

  @Override
  public int hashCode() {
    return buffer().hashCode();
  }

  @Override
  public String toString() {
    return length + " octets";
  }
}
