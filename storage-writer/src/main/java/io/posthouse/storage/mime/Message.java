package io.posthouse.storage.mime;

import io.posthouse.message.Octets;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The octets that parts are slices of.
public final class Message {
  private final byte[] octets;

  private Message(byte[] octets) {
    this.octets = octets;
  }

  public static Message of(Octets octets) {
    return new Message(octets.sharedArray());
  }

  public int length() {
    return octets.length;
  }

  public Slice all() {
    return new Slice(0, octets.length);
  }

  byte at(int index) {
    return octets[index];
  }

  /// A view, without a copy.
  public Octets octets(Slice slice) {
    return Octets.of(octets, slice.start(), slice.length());
  }

  /// Octets as characters of the same number, so that nothing is lost.
  public String latin1(Slice slice) {
    return text(slice, StandardCharsets.ISO_8859_1);
  }

  /// As a person would read it; what is not UTF-8 becomes U+FFFD.
  public String utf8(Slice slice) {
    return text(slice, StandardCharsets.UTF_8);
  }

  /// Line breaks in a piece.
  public int lines(Slice slice) {
    var lines = 0;
    for (int i = slice.start(); i < slice.end(); i++) if (octets[i] == '\n') lines++;
    return lines;
  }

  private String text(Slice slice, Charset charset) {
    return new String(octets, slice.start(), slice.length(), charset);
  }
}
