package io.posthouse.storage.mailbox;

import io.posthouse.message.Octets;
import io.posthouse.message.QueueId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Where in a mailbox a message goes, how it is marked, and what its user's rules did beside that.
///
/// @param filters what matched, in WildDuck's words: ids of filters, `block:TAG:ID`, `allow:TAG:ID`
/// @param forwardedTo whom the user has it forwarded to
/// @param outbound the queue ids of the messages it causes
/// @param lines header lines with their line ends, before all others
public record Placement(
    Folder folder,
    Set<Mark> marks,
    List<String> filters,
    List<Target> forwardedTo,
    List<QueueId> outbound,
    Octets lines) {
  /// As mail of a user without rules is stored.
  public static final Placement INBOX =
      new Placement(new Folder.Inbox(), Set.of(), List.of(), List.of(), List.of(), Octets.EMPTY);

  public Placement {
    marks = Set.copyOf(marks);
    filters = List.copyOf(filters);
    forwardedTo = List.copyOf(forwardedTo);
    outbound = List.copyOf(outbound);
  }

  public enum Mark {
    SEEN,
    FLAGGED
  }

  /// Where a user has mail forwarded to.
  ///
  /// @param type `mail`, `relay` or `http`
  public record Target(String type, String value) {}

  /// A folder of the user's. Where there is none such any more, it is the INBOX.
  public sealed interface Folder {
    record Inbox() implements Folder {}

    /// The one that WildDuck calls `\Junk`.
    record Junk() implements Folder {}

    /// The one of this `_id`.
    ///
    /// @param hex 24 hexadecimal digits
    record ById(String hex) implements Folder {
      private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{24}");

      public ById {
        if (!SHAPE.matcher(hex).matches())
          throw new IllegalArgumentException(
              "folder: " + hex + " (expected: 24 hexadecimal digits)");
      }
    }
  }
}
