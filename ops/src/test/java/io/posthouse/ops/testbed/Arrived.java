package io.posthouse.ops.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A message at its goal: what was sent, below the trace lines that were put on top of it on its
/// way.
public final class Arrived {
  /// Of a stored message; of a delivered one only `Received`.
  private static final Pattern TRACE =
      Pattern.compile("((Return-Path|Delivered-To|Received):.*|[ \\t].*)");

  private Arrived() {}

  /// Asserts that `raw` is what was sent, octet by octet, and nothing above it but trace lines.
  ///
  /// @return those lines
  public static List<String> intact(byte[] sent, byte[] raw) {
    var above = raw.length - sent.length;
    assertTrue(above > 0, () -> "shorter than what was sent: " + new String(raw, ISO_8859_1));
    assertArrayEquals(sent, Arrays.copyOfRange(raw, above, raw.length));
    var trace = new String(raw, 0, above, ISO_8859_1);
    assertTrue(trace.endsWith("\r\n"), trace);
    for (var line : trace.split("\r\n")) assertTrue(TRACE.matcher(line).matches(), line);
    return trace.lines().toList();
  }
}
