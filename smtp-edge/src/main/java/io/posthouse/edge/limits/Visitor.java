package io.posthouse.edge.limits;

import io.posthouse.edge.session.Refusal;
import java.util.Optional;

/// A client that is here, as far as its limits go.
interface Visitor {
  /// One that no limit is about.
  Visitor UNCOUNTED =
      new Visitor() {
        @Override
        public boolean isCounted() {
          return false;
        }

        @Override
        public Optional<Refusal> message() {
          return Optional.empty();
        }

        @Override
        public Optional<Refusal> recipient() {
          return Optional.empty();
        }

        @Override
        public void erred() {}

        @Override
        public void leave() {}
      };

  /// Whether any limit is about it.
  boolean isCounted();

  /// Counts a message that begins.
  ///
  /// @return why it may not, if it may not
  Optional<Refusal> message();

  /// Counts a recipient that is named.
  ///
  /// @return why it may not be, if it may not
  Optional<Refusal> recipient();

  /// Counts a command or a recipient that was refused for good.
  void erred();

  /// Is here no longer. Once, and nothing follows.
  void leave();
}
