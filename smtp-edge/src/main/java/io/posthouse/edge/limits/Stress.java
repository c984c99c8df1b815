package io.posthouse.edge.limits;

/// Whether this node has so much to do that it hurries its clients. Begins at four fifths of what
/// it bears and ends at three, so that it does not come and go with every client.
public final class Stress {
  private static final double BEGIN = 0.8;
  private static final double END = 0.6;

  private volatile boolean on;

  /// What has become of it.
  public enum Change {
    BEGINS,
    ENDS,
    NONE
  }

  /// Looks at how much of what the node bears is taken, from 0 to 1. For one thread.
  public Change look(double load) {
    var before = on;
    on = load >= (before ? END : BEGIN);
    if (on == before) return Change.NONE;
    return on ? Change.BEGINS : Change.ENDS;
  }

  public boolean isOn() {
    return on;
  }
}
