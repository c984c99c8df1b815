package io.posthouse.ops.trace;

import java.util.Locale;

/// How much of a life is kept. Each thing has a bound of its own: what is refused by the thousand
/// leaves room for what was accepted.
enum Bound {
  MESSAGES(100, "messages"),
  EVENTS(10_000, "events of these messages"),
  REFUSALS(1_000, "refusals"),
  /// Each may have a thousand recipients, all of which are kept until they are decided on.
  CANDIDATES(1_000, "messages that do not name all their recipients");

  private final int most;
  private final String what;

  Bound(int most, String what) {
    this.most = most;
    this.what = what;
  }

  int most() {
    return most;
  }

  /// That there is more.
  String exceeded() {
    return String.format(Locale.ROOT, "there are more than %,d %s", most, what);
  }
}
