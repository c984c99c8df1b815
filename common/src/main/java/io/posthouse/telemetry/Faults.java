package io.posthouse.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An exception in a line: what it is, and where it comes from, causes included.
public final class Faults {
  private static final int FRAMES = 15;
  private static final int FRAMES_OF_SUMMARY = 4;
  private static final int LONGEST_SUMMARY = 1_000;
  private static final int CAUSES = 5;

  private Faults() {}

  /// For the reason of a dead letter: what began it, and the calls that led there.
  ///
  /// `java.lang.IllegalStateException: no part 2 at io.posthouse.storage.A.b(A.java:12) < …`
  public static String summary(Throwable fault) {
    var first = fault;
    for (int i = 0; first.getCause() != null && i < CAUSES; i++) first = first.getCause();
    var calls =
        Arrays.stream(first.getStackTrace())
            .limit(FRAMES_OF_SUMMARY)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
    var said = first.toString().replaceAll("\\s+", " ");
    var summary = calls.isEmpty() ? said : said + " at " + calls;
    return summary.substring(0, Math.min(summary.length(), LONGEST_SUMMARY));
  }

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
