package io.posthouse.storage.export;

import java.time.Instant;
import java.util.List;

/// What an export says of a message beside its octets.
///
/// @param sender of the envelope; empty for a DSN
/// @param received INTERNALDATE of IMAP
/// @param flags of IMAP, keywords among them
public record Exported(long uid, String sender, Instant received, List<String> flags) {
  public Exported {
    flags = List.copyOf(flags);
  }

  /// The letters of those flags that have one, in their order; `letters` are pairs of a flag and
  /// its letter.
  String letters(List<String> letters) {
    var found = new StringBuilder();
    for (int i = 0; i < letters.size(); i += 2)
      if (flags.contains(letters.get(i))) found.append(letters.get(i + 1));
    return found.toString();
  }
}
