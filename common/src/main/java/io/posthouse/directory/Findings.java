package io.posthouse.directory;

import io.posthouse.directory.Directory.Resolution;
import java.util.List;
import java.util.Optional;

/// How a directory has come to its answer about an address.
///
/// @param domain what the domain of the address is to us, in words
/// @param candidates under which keys it was looked for, the first that is there counts
/// @param found under which of them something was found
/// @param targets where the address is forwarded to
public record Findings(
    String domain,
    List<String> candidates,
    Optional<String> found,
    Optional<User> user,
    List<String> targets,
    Resolution resolution) {
  public Findings {
    candidates = List.copyOf(candidates);
    targets = List.copyOf(targets);
  }

  /// The user behind an address.
  ///
  /// @param quota octets that the user may store
  /// @param used octets stored
  /// @param perMinute messages the user gets in a minute; 0: as all
  public record User(
      UserId id,
      String name,
      boolean disabled,
      boolean suspended,
      long used,
      long quota,
      long perMinute) {}
}
