package io.posthouse.address;

/// Writes any text in letters, digits and hyphens (RFC 3492).
final class Punycode {
  private static final int BASE = 36;
  private static final int LOWEST_THRESHOLD = 1;
  private static final int HIGHEST_THRESHOLD = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_BEYOND_ASCII = 128;

  private final int[] points;
  private final StringBuilder written = new StringBuilder();
  private int handled;
  private int bias = FIRST_BIAS;

  private Punycode(String label) {
    points = label.codePoints().toArray();
  }

  /// The label without a prefix.
  ///
  /// @param label of up to 255 characters
  static String encode(String label) {
    var punycode = new Punycode(label);
    punycode.encode();
    return punycode.written.toString();
  }

  /// RFC 3492 §6.3.
  private void encode() {
    for (var point : points) if (point < FIRST_BEYOND_ASCII) written.appendCodePoint(point);
    var basic = written.length();
    handled = basic;
    if (basic > 0) written.append('-');
    var next = FIRST_BEYOND_ASCII;
    for (var delta = 0; handled < points.length; delta++, next++) {
      var smallest = smallestFrom(next);
      delta += (smallest - next) * (handled + 1);
      next = smallest;
      for (var point : points) {
        if (point < next) delta++;
        if (point != next) continue;
        write(delta);
        bias = adapted(delta, handled == basic);
        delta = 0;
        handled++;
      }
    }
  }

  private int smallestFrom(int least) {
    var smallest = Integer.MAX_VALUE;
    for (var point : points) if (point >= least) smallest = Math.min(smallest, point);
    return smallest;
  }

  /// A number of which each digit says whether it is the last.
  private void write(int delta) {
    var rest = delta;
    for (var k = BASE; ; k += BASE) {
      var threshold = Math.clamp(k - bias, LOWEST_THRESHOLD, HIGHEST_THRESHOLD);
      if (rest < threshold) break;
      written.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
      rest = (rest - threshold) / (BASE - threshold);
    }
    written.append(digit(rest));
  }

  /// RFC 3492 §6.1.
  private int adapted(int delta, boolean isFirst) {
    var rest = isFirst ? delta / DAMP : delta / 2;
    rest += rest / (handled + 1);
    var k = 0;
    for (; rest > (BASE - LOWEST_THRESHOLD) * HIGHEST_THRESHOLD / 2; k += BASE)
      rest /= BASE - LOWEST_THRESHOLD;
    return k + (BASE - LOWEST_THRESHOLD + 1) * rest / (rest + SKEW);
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }
}
