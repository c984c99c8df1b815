package io.posthouse.directive;

import io.posthouse.message.Recipient;
import io.posthouse.telemetry.MailEvent;
import java.util.List;

/// What operators are told of what a directive has touched.
public final class Touches {
  private Touches() {}

  /// One event for each directive that has touched these recipients.
  public static List<MailEvent> events(Part part) {
    var to = part.envelope().recipients().stream().map(Recipient::address).toList();
    return part.by().stream()
        .map(directive ->
            (MailEvent)
                new MailEvent.Directed(
                    part.envelope().queueId(),
                    to,
                    directive.act().kind(),
                    directive.id(),
                    directive.operator(),
                    directive.reason()))
        .toList();
  }
}
