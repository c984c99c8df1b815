package io.posthouse.ops.queue;

import io.posthouse.message.Attempt;
import io.posthouse.message.Destination;
import io.posthouse.message.Envelope;
import java.util.List;
import java.util.Locale;

/// What the messages of a summary have in common.
enum Grouping {
  /// The domain it goes to, or that of a recipient of ours.
  DESTINATION,
  /// The domain it comes from.
  SENDER,
  /// The host its last attempt ended with: many domains share one.
  HOST,
  /// The hosts that together take the mail of a provider: where a worker last found that it goes.
  SITE;

  /// The groups a message counts in; none for its site while nobody knows it.
  List<String> of(Envelope envelope) {
    return switch (this) {
      case DESTINATION ->
          envelope.recipients().stream()
              .map(to -> domain(to.destination(), to.address().domain().name()))
              .distinct()
              .toList();
      case SENDER ->
          List.of(envelope.reversePath().sender().map(from -> from.domain().name()).orElse("<>"));
      case HOST -> List.of(lastHost(envelope.attempts()));
      case SITE -> envelope.site().map(site -> List.of(site.text())).orElseGet(List::of);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String domain(Destination destination, String named) {
    return switch (destination) {
      case Destination.Remote(var domain) -> domain.name();
      case Destination.Local _, Destination.Forwarded _ -> named;
    };
  }

  private static String lastHost(List<Attempt> attempts) {
    var host = attempts.isEmpty() ? "" : attempts.getLast().host();
    return host.isEmpty() ? "(none)" : host.replaceFirst("\\[.*", "");
  }
}
