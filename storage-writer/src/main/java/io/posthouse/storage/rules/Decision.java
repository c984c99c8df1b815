package io.posthouse.storage.rules;

import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import io.posthouse.storage.mailbox.Placement;
import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Placement.Mark;
import io.posthouse.storage.mailbox.Placement.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a user's rules make of a message.
///
/// @param matched what had a say: ids of filters, `block:TAG:ID`, `allow:TAG:ID`
/// @param targets whom it is forwarded to, each once; nobody if it is spam
/// @param dropped whether the user does not want to have it
public record Decision(
    Folder folder,
    Set<Mark> marks,
    List<String> matched,
    List<Target> targets,
    boolean dropped,
    Optional<Classification> classification) {
  public Decision {
    marks = Set.copyOf(marks);
    matched = List.copyOf(matched);
    targets = List.copyOf(targets);
  }

  public boolean isSpam() {
    return classification.isPresent() && classification.get().spam();
  }

  /// Whether it is as if the user had no rules for where mail goes.
  public boolean isPlain() {
    return matched.isEmpty() && classification.isEmpty() && folder instanceof Folder.Inbox;
  }

  /// The place of the message.
  ///
  /// @param outbound ids of the messages that go on
  public Placement placement(List<QueueId> outbound) {
    var lines = classification.map(Classification::lines).orElse(Octets.EMPTY);
    return new Placement(folder, marks, matched, targets, outbound, lines);
  }
}
