package io.posthouse.storage.rules;

import io.posthouse.storage.mailbox.Placement.Folder;
import io.posthouse.storage.mailbox.Placement.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A user's filter: what it looks for, and what is done with mail that has all of it.
///
/// @param id as the directory writes it
public record Filter(String id, Conditions conditions, Actions actions) {
  /// Header fields by the names that filters have for them.
  public enum Field {
    FROM,
    TO,
    SUBJECT,
    LIST_ID;

    /// The fields of a message that are meant.
    List<String> names() {
      return switch (this) {
        case FROM -> List.of("from", "sender");
        case TO -> List.of("to", "cc", "delivered-to");
        case SUBJECT -> List.of("subject");
        case LIST_ID -> List.of("list-id");
      };
    }
  }

  /// All of them must hold; no condition at all holds for every message.
  ///
  /// @param headers what one of the values of a field must contain, in lower case
  /// @param attachments whether there must be some, or none
  /// @param size octets: above 0, the message is longer; below, it is shorter than that without the
  ///   sign; 0: of any size
  /// @param text what a person reads in it
  public record Conditions(
      Map<Field, String> headers,
      Optional<Boolean> attachments,
      long size,
      Optional<Phrases> text) {
    public Conditions {
      headers = Map.copyOf(headers);
    }

    boolean match(Mail mail) {
      return fits(mail.size())
          && headers.entrySet().stream().allMatch(e -> contains(mail, e.getKey(), e.getValue()))
          && attachments.stream().allMatch(wanted -> wanted == mail.hasAttachments())
          && text.stream().allMatch(phrases -> phrases.areIn(mail.text()));
    }

    private boolean fits(long octets) {
      return size == 0 || (size > 0 ? octets > size : octets < -size);
    }

    private static boolean contains(Mail mail, Field field, String text) {
      return mail.texts(field.names()).anyMatch(value -> value.contains(text));
    }
  }

  /// What is empty says nothing; `false` forbids what a later filter may ask for.
  ///
  /// @param targets whom to forward to as well
  public record Actions(
      Optional<Boolean> seen,
      Optional<Boolean> flag,
      Optional<Boolean> delete,
      Optional<Boolean> spam,
      Optional<Folder> mailbox,
      List<Target> targets) {
    public Actions {
      targets = List.copyOf(targets);
    }
  }
}
