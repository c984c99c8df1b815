package io.posthouse.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// Whether something we need answers: told by whoever talks to it, told on as one event when it
/// goes and one when it comes back, however many notice. Safe from any thread.
public final class DependencyState implements Health.Check {
  /// What we know.
  private sealed interface State {
    record Up() implements State {}

    record Down(Instant since, String why) implements State {}
  }

  private static final State UP = new State.Up();

  private final Dependency dependency;
  private final Events events;
  private final InstantSource clock;
  private final AtomicReference<State> state = new AtomicReference<>(UP);

  /// It answers, until somebody says otherwise.
  public DependencyState(Dependency dependency, Events events, InstantSource clock) {
    this.dependency = dependency;
    this.events = events;
    this.clock = clock;
  }

  /// It did not answer.
  ///
  /// @param why for the operator
  public void down(String why) {
    if (state.compareAndSet(UP, new State.Down(clock.instant(), why)))
      events.record(new MailEvent.DependencyDown(dependency, why));
  }

  /// It did answer.
  public void up() {
    // Asked first, because it is asked for every message.
    if (state.get() instanceof State.Down
        && state.getAndSet(UP) instanceof State.Down(var since, _))
      events.record(
          new MailEvent.DependencyUp(dependency, Duration.between(since, clock.instant())));
  }

  @Override
  public Health now() {
    return switch (state.get()) {
      case State.Up _ -> Health.ok();
      case State.Down(var since, var why) ->
          Health.notOk(why + " (since " + Timestamps.format(since) + ")");
    };
  }
}
