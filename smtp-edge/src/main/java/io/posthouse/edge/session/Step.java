package io.posthouse.edge.session;

import io.posthouse.edge.session.Effect.Refuse;
import io.posthouse.edge.session.Effect.Say;
import io.posthouse.smtp.Reply;
import java.util.List;

/// The next state, and what is to be done on the way there.
record Step(SessionState next, List<Effect> effects) {
  static Step step(SessionState next, Effect... effects) {
    return new Step(next, List.of(effects));
  }

  static Step stay(SessionState state) {
    return new Step(state, List.of());
  }

  static Step say(SessionState next, Reply reply) {
    return new Step(next, List.of(new Say(reply)));
  }

  static Step refuse(SessionState next, Stage stage, Object about, Reply reply) {
    return new Step(next, List.of(new Refuse(stage, about.toString(), reply)));
  }

  /// The client did something out of turn or not by the book.
  static Step object(SessionState state, Reply reply) {
    return refuse(state, Stage.COMMAND, "", reply);
  }
}
