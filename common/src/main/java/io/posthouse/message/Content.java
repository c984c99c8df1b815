package io.posthouse.message;

import java.util.List;

/// Where the content of a message lies: what followed DATA, exact, without the trace that we
/// prepend.
public sealed interface Content {
  /// Octets of content.
  long size();

  /// In the envelope's own record.
  record Inline(Octets octets) implements Content {
    /// What is longer is better stored in chunks, in octets.
    public static final int LONGEST = 128 * 1024;

    @Override
    public long size() {
      return octets.length();
    }
  }

  /// In the topic `content`, in chunks at these offsets of one partition. Chunks of concurrent
  /// messages interleave, so each offset is listed.
  record Chunked(int partition, List<Long> offsets, long size) implements Content {
    public Chunked {
      offsets = List.copyOf(offsets);
      if (offsets.isEmpty())
        throw new IllegalArgumentException("chunk offsets: none (expected: at least one)");
      if (partition < 0 || offsets.stream().anyMatch(offset -> offset < 0))
        throw new IllegalArgumentException("chunk place: negative (expected: 0 or more)");
      checkSize(size);
    }
  }

  /// Inline in another envelope's record, which a deferral or the splitter left where it was.
  record InRecord(RecordPosition position, long size) implements Content {
    public InRecord {
      checkSize(size);
    }
  }

  private static void checkSize(long size) {
    if (size < 0)
      throw new IllegalArgumentException("content size: " + size + " (expected: 0 or more)");
  }
}
