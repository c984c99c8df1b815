package io.posthouse.queue;

import io.posthouse.address.Domain;
import io.posthouse.config.Durations;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import io.posthouse.message.QueueId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One thing that an operator asks of a message.
public sealed interface Criterion {
  /// A recipient is at the domain, or its mail goes there.
  record To(Domain domain) implements Criterion {}

  /// Who sent it.
  record Sender(PathPattern path) implements Criterion {}

  /// Any of those it is for.
  record Recipient(PathPattern path) implements Criterion {}

  /// The message itself.
  record Id(QueueId id) implements Criterion {}

  /// It arrived so long ago, or longer.
  record OlderThan(Duration age) implements Criterion {
    public OlderThan {
      if (age.isNegative())
        throw new IllegalArgumentException("age: " + age + " (expected: 0 or more)");
    }
  }

  /// What was said at its last attempt. A message nobody has tried has heard nothing.
  record Reply(ReplyPattern said) implements Criterion {}

  /// Where a worker last found that it goes. Nobody knows that of a message on its first way.
  record Site(SitePattern pattern) implements Criterion {}

  /// Whether it holds for a message.
  ///
  /// @param now age counts up to here
  default boolean matches(Envelope envelope, Instant now) {
    return switch (this) {
      case To(var domain) ->
          envelope.recipients().stream()
              .anyMatch(
                  to -> to.address().domain().equals(domain) || goesTo(domain, to.destination()));
      case Sender(var path) -> path.matches(envelope.reversePath().sender());
      case Recipient(var path) ->
          envelope.recipients().stream().anyMatch(to -> path.matches(Optional.of(to.address())));
      case Id(var id) -> id.equals(envelope.queueId());
      case OlderThan(var age) -> !envelope.arrived().plus(age).isAfter(now);
      case Reply(var said) ->
          !envelope.attempts().isEmpty() && said.matches(envelope.attempts().getLast().said());
      case Site(var pattern) -> envelope.site().filter(pattern::matches).isPresent();
    };
  }

  /// As an operator would say it.
  default String text() {
    return switch (this) {
      case To(var domain) -> "domain " + domain;
      case Sender(var path) -> "sender " + path.text();
      case Recipient(var path) -> "recipient " + path.text();
      case Id(var id) -> "id " + id;
      case OlderThan(var age) -> "older than " + Durations.print(age);
      case Reply(var said) -> "reply " + said.text();
      case Site(var pattern) -> "site " + pattern.text();
    };
  }

  private static boolean goesTo(Domain domain, Destination destination) {
    return switch (destination) {
      case Destination.Remote(var to) -> to.equals(domain);
      case Destination.Local _, Destination.Forwarded _ -> false;
    };
  }
}
