package io.posthouse.directive;

/// All directives there are, as far as we have heard.
@FunctionalInterface
public interface DirectiveTable {
  /// Of a place where nobody gives any.
  DirectiveTable EMPTY = () -> Directives.NONE;

  /// Waits until what was there at our start is known: who takes a message before might send what
  /// is held.
  Directives now() throws InterruptedException;
}
