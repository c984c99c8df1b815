package io.posthouse.delivery.shaping;

/// A text that may be looked at so often: a regular expression that goes back and forth over it
/// without end is stopped.
final class CountedText implements CharSequence {
  private static final int LOOKS = 200_000;

  private final String text;
  private int looks;

  CountedText(String text) {
    this.text = text;
  }

  /// It was looked at too often.
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Exhausted() {
      super("too many looks", null, false, false);
    }
  }

  @Override
  public char charAt(int index) {
    if (++looks > LOOKS) throw new Exhausted();
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
