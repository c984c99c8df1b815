package io.posthouse.kafka;

import io.posthouse.queue.Topics;
import java.util.List;

/// The consumer groups of one platform: what each has committed decides what may be deleted.
public record ConsumerGroups(Topics topics) {
  /// Reads `remote` and `remote.due`.
  public String deliver() {
    return topics.prefix() + "deliver";
  }

  /// Reads `local` and `local.due`.
  public String store() {
    return topics.prefix() + "store";
  }

  /// Reads `retry.*` and `held`.
  public String mover() {
    return topics.prefix() + "mover";
  }

  /// Reads `split`.
  public String splitter() {
    return topics.prefix() + "splitter";
  }

  /// Commits which dead letters an operator has replayed; nobody is a member.
  String dead() {
    return topics.prefix() + "dead";
  }

  List<String> all() {
    return List.of(deliver(), store(), mover(), splitter(), dead());
  }
}
