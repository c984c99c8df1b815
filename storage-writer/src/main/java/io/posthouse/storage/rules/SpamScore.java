package io.posthouse.storage.rules;

import io.posthouse.message.Octets;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// How much like spam our own checks found a message to be.
public final class SpamScore {
  /// The field that a check of ours writes into the trace.
  private static final Pattern FIELD =
      Pattern.compile("(?imd)^X-Posthouse-Spam-Score: (\\d{1,3})\r$");

  private SpamScore() {}

  /// The score in the trace, 0..100; 0 where nobody gave one. What the content says of itself was
  /// written by whoever sent it, and counts for nothing.
  ///
  /// @param trace the lines that we wrote ourselves
  public static int of(Octets trace) {
    var found = FIELD.matcher(new String(trace.toArray(), StandardCharsets.ISO_8859_1));
    return found.find() ? Math.min(100, Integer.parseInt(found.group(1))) : 0;
  }
}
