package io.posthouse.telemetry;

/// Whether something can do its work now, and if not, why.
public sealed interface Health {
  record Ok() implements Health {}

  /// It cannot.
  ///
  /// @param reason as an operator should read it
  record NotOk(String reason) implements Health {}

  /// It can, though not all of it as it should.
  ///
  /// @param reason as an operator should read it
  record Degraded(String reason) implements Health {}

  static Health ok() {
    return new Ok();
  }

  static Health notOk(String reason) {
    return new NotOk(reason);
  }

  /// The same of something that is not worth ending our work for.
  default Health atMostDegraded() {
    return this instanceof NotOk(var reason) ? new Degraded(reason) : this;
  }

  /// Asked whenever somebody looks: answers from what is known already, and waits for nothing.
  @FunctionalInterface
  interface Check {
    Health now();
  }
}
