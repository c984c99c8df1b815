package io.posthouse.directive;

import io.posthouse.message.Ending;
import io.posthouse.message.Recipient;
import io.posthouse.telemetry.MailEvent;
import java.util.ArrayList;
import java.util.List;

/// What operators are told of what directives have touched, one event for each.
///
/// Of the one that ends a message it is told by whoever carries it out, before the message is
/// settled: a replay brings back what it does not know to be ended.
public final class Touches {
  private Touches() {}

  /// Of recipients that go on, or are held, or that somebody else is to end.
  public static List<MailEvent> events(Part part) {
    var ending = part.envelope().orders().ending();
    return part.by().stream()
        .filter(directive -> ending.filter(end -> end.directive().equals(directive.id())).isEmpty())
        .map(directive ->
            event(part, directive.act(), directive.id(), directive.operator(), directive.reason()))
        .toList();
  }

  /// Of recipients that are ended here, as was ordered now or before they came here.
  public static List<MailEvent> events(Part part, Ending ending) {
    var events = new ArrayList<>(events(part));
    var act = ending.told() ? new Act.Bounce() : new Act.Drop();
    events.add(event(part, act, ending.directive(), ending.operator(), ending.reason()));
    return events;
  }

  private static MailEvent event(
      Part part, Act act, String directive, String operator, String reason) {
    var to = part.envelope().recipients().stream().map(Recipient::address).toList();
    return new MailEvent.Directed(part.envelope().queueId(), to, act, directive, operator, reason);
  }
}
