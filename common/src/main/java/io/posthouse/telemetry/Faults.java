package io.posthouse.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exception in a line: what it is, and where it comes from, causes included.
final class Faults {
  private static final int FRAMES = 15;
  private static final int CAUSES = 5;

  private Faults() {}

  static JsonLine describe(JsonLine line, Throwable fault) {
    return line.text("error", fault.toString()).texts("trace", trace(fault));
  }

  private static List<String> trace(Throwable fault) {
    var trace = new ArrayList<>(frames(fault));
    @Nullable Throwable cause = fault.getCause();
    // Causes may go round in a circle.
    for (int i = 0; cause != null && i < CAUSES; i++, cause = cause.getCause()) {
      trace.add("caused by " + cause);
      trace.addAll(frames(cause));
    }
    return trace;
  }

  private static List<String> frames(Throwable fault) {
    return Arrays.stream(fault.getStackTrace())
        .limit(FRAMES)
        .map(StackTraceElement::toString)
        .toList();
  }
}
