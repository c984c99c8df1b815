package io.posthouse.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.posthouse.message.Octets;

/// How a command ended, and what it printed.
public record Ended(int exitCode, Octets output, String errors) {
  /// Its output, as text.
  public String text() {
    return new String(output.toArray(), UTF_8);
  }

  /// The one sentence it says of what went wrong. A broker in this process has lines of its own.
  String sentence() {
    var lines = errors.lines().filter(line -> line.startsWith("posthouse: ")).toList();
    assertEquals(1, lines.size(), errors);
    return lines.getFirst();
  }
}
