package io.posthouse.storage.mime;

/// A piece of the message: octets from `start` up to, not including, `end`.
public record Slice(int start, int end) {
  public Slice {
    if (start < 0 || end < start)
      throw new IllegalArgumentException("slice: " + start + ".." + end + " (expected: ordered)");
  }

  public int length() {
    return end - start;
  }
}
