package io.posthouse.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthouse.message.Octets;

/// How a command ended, and what it printed.
public record Ended(int exitCode, Octets output, String errors) {
  /// Its output, as text.
  public String text() {
    return new String(output.toArray(), UTF_8);
  }
}
