package io.posthouse.message;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The key of one accepted message: on every record, log line and document about it.
///
/// Fifteen characters of Crockford's base 32 in lower case (no `i`, `l`, `o`, `u`): 41 bits of
/// milliseconds, so ids sort by time of arrival, then 34 bits that tell apart what the same
/// millisecond brought to many nodes.
public record QueueId(String text) implements Comparable<QueueId> {
  /// Milliseconds count from here, which lasts until 2094.
  static final long EPOCH = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

  static final int LENGTH = 15;
  static final int TAIL_BITS = 34;
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final Pattern SHAPE = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

  public QueueId {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "queue id: " + text + " (expected: 15 of " + ALPHABET + ")");
    }
  }

  /// The id a person typed: any case, with `o` for 0 and `i` or `l` for 1.
  public static Optional<QueueId> parse(String typed) {
    var folded =
        typed
            .strip()
            .toLowerCase(Locale.ROOT)
            .replace('o', '0')
            .replace('i', '1')
            .replace('l', '1');
    return SHAPE.matcher(folded).matches() ? Optional.of(new QueueId(folded)) : Optional.empty();
  }

  /// When the message arrived, to the millisecond.
  public Instant arrived() {
    var millis = 0L;
    // Nine characters hold 45 bits: all of the time and the first four of the tail.
    for (int i = 0; i < 9; i++) millis = (millis << 5) | ALPHABET.indexOf(text.charAt(i));
    return Instant.ofEpochMilli(EPOCH + (millis >>> 4));
  }

  /// The id of a message we make on behalf of this one, such as its DSN. The same purpose gives the
  /// same id, so a message made again after a crash is recognised.
  public QueueId derived(String purpose) {
    return of(
        arrived().toEpochMilli() - EPOCH, Digests.leadingBits(text + '\n' + purpose, TAIL_BITS));
  }

  @Override
  public int compareTo(QueueId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }

  static QueueId of(long millisSinceEpoch, long tail) {
    var chars = new char[LENGTH];
    // 75 bits do not fit a long: the low 30 come from the tail alone, the upper 45 from time and
    // the tail's first four.
    var upper = (millisSinceEpoch << 4) | (tail >>> 30);
    for (int i = 8; i >= 0; i--, upper >>>= 5) chars[i] = ALPHABET.charAt((int) (upper & 31));
    for (int i = 14; i >= 9; i--, tail >>>= 5) chars[i] = ALPHABET.charAt((int) (tail & 31));
    return new QueueId(new String(chars));
  }
}
