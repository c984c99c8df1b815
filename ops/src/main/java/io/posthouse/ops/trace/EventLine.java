package io.posthouse.ops.trace;

import io.posthouse.message.QueueId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.json.JsonParseException;

/// One event as it stands in the log. Which fields it has depends on its case
/// (`ops/runbooks/events.md`); those of a later release are told as well.
record EventLine(String json, Document fields) {
  /// Told before all others, in columns of their own.
  private static final Set<String> HEAD = Set.of("at", "node", "event", "queue_id");

  /// Messages of ours that came of this one.
  private static final List<String> DESCENDANTS = List.of("dsn", "forward", "reply");

  /// Empty for what is no event.
  static Optional<EventLine> parse(String json) {
    try {
      return Optional.of(new EventLine(json, Document.parse(json)));
    } catch (JsonParseException notAnEvent) {
      return Optional.empty();
    }
  }

  String text(String field) {
    return fields.get(field) instanceof String text ? text : "";
  }

  Optional<QueueId> queueId() {
    return QueueId.parse(text("queue_id"));
  }

  /// The recipients it names: one, or several.
  List<String> recipients() {
    return switch (fields.get("to")) {
      case String one -> List.of(one);
      case Collection<?> several -> several.stream().map(String::valueOf).toList();
      case null, default -> List.of();
    };
  }

  /// How many recipients an `accepted` has, whether it names them or not; none for other events.
  int recipientCount() {
    return fields.get("recipients") instanceof Number count ? count.intValue() : 0;
  }

  Stream<QueueId> descendants() {
    return DESCENDANTS.stream().flatMap(field -> QueueId.parse(text(field)).stream());
  }

  /// What is not in the columns, in the order of the line.
  String rest() {
    return fields.entrySet().stream()
        .filter(field -> !HEAD.contains(field.getKey()))
        .map(field -> field.getKey() + "=" + shown(field))
        .collect(Collectors.joining("  "));
  }

  private static String shown(Map.Entry<String, Object> field) {
    return field.getValue() instanceof Collection<?> several
        ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(field.getValue());
  }
}
