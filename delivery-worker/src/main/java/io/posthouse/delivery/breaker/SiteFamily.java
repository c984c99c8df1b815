package io.posthouse.delivery.breaker;

/// What we know of one family of one site. Safe from any thread.
final class SiteFamily {
  private final Breaker breaker;
  private final Precedence precedence;
  private volatile boolean worked;

  SiteFamily(Breaker breaker, Precedence precedence) {
    this.breaker = breaker;
    this.precedence = precedence;
  }

  Breaker breaker() {
    return breaker;
  }

  Precedence precedence() {
    return precedence;
  }

  /// Whether it did when last tried: then there is a road, whatever we hear of others.
  boolean worked() {
    return worked;
  }

  void works() {
    worked = true;
    precedence.isGood();
  }

  void fails(String why) {
    worked = false;
    precedence.goesSecond(why);
  }
}
