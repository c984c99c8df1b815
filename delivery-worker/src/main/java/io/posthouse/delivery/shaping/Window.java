package io.posthouse.delivery.shaping;

/// How many deliveries at a time a site seems to bear. Until the first failure each success adds
/// one, afterwards as many successes as the window is wide do. The first failure of a run takes one
/// away, then each cohort, as many failures as the window is wide, another one: a site with one bad
/// host among many does not shrink to nothing.
final class Window {
  private final int least;
  private double size;
  private boolean hasWorked;
  private boolean hasFailed;
  private int failuresInARow;

  Window(Limits limits, int most) {
    least = Math.min(limits.least().value(), most);
    size = Math.clamp(limits.start().value(), least, most);
  }

  int size() {
    return (int) size;
  }

  /// Whether its last answer was a good one: a site that is new, or fails, may well be dead.
  boolean isProven() {
    return hasWorked && failuresInARow == 0;
  }

  /// What the site may come to bear.
  ///
  /// @param most that it gets
  int promise(int most) {
    return hasFailed ? size() : most;
  }

  void worked(int most) {
    hasWorked = true;
    failuresInARow = 0;
    size = Math.clamp(size + (hasFailed ? 1 / size : 1), Math.min(least, most), most);
  }

  void failed() {
    hasFailed = true;
    if (failuresInARow % size() == 0) size = Math.max(least, size - 1);
    failuresInARow++;
  }

  void halve() {
    hasFailed = true;
    size = Math.max(least, size / 2);
  }
}
