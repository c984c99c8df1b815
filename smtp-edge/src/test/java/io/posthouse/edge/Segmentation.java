package io.posthouse.edge;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How the network may cut what a client says. None of it may change an answer.
public enum Segmentation {
  /// One octet in each segment.
  OCTETS,
  /// One line in each segment.
  LINES,
  /// What is said before the client waits for replies is one segment.
  GROUPS,
  /// The client waits for no reply: a group comes with what it should have waited for.
  TOGETHER,
  /// Lines arrive in two halves, with a gap between them.
  GAPS;

  /// The pieces of `octets` on the wire.
  public List<byte[]> cut(byte[] octets) {
    return switch (this) {
      case OCTETS ->
          IntStream.range(0, octets.length).mapToObj(i -> new byte[] {octets[i]}).toList();
      case LINES -> lines(octets).toList();
      case GROUPS, TOGETHER -> List.of(octets);
      case GAPS -> lines(octets).flatMap(Segmentation::halves).toList();
    };
  }

  boolean hasGaps() {
    return this == GAPS;
  }

  private static Stream<byte[]> halves(byte[] line) {
    var middle = line.length / 2;
    return middle == 0
        ? Stream.of(line)
        : Stream.of(Arrays.copyOf(line, middle), Arrays.copyOfRange(line, middle, line.length));
  }

  private static Stream<byte[]> lines(byte[] octets) {
    var ends =
        IntStream.range(0, octets.length)
            .filter(i -> octets[i] == '\n' || i == octets.length - 1)
            .map(i -> i + 1)
            .toArray();
    return IntStream.range(0, ends.length)
        .mapToObj(i -> Arrays.copyOfRange(octets, i == 0 ? 0 : ends[i - 1], ends[i]));
  }
}
