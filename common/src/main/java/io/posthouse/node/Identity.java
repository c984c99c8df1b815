package io.posthouse.node;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Which process it is, for as long as it lives.
///
/// @param node its name among the others
/// @param roles one or more
/// @param release of our software
/// @param telemetry where it serves `/metrics`, `HOST:PORT`
public record Identity(
    String node, Set<NodeRole> roles, String release, Instant started, String telemetry) {
  public Identity {
    if (node.isEmpty()) throw new IllegalArgumentException("node: empty (expected: a name)");
    roles = Set.copyOf(roles);
  }

  /// What tells its beats from those of all others. Roles that run as processes of their own on one
  /// machine may share its name.
  public String key() {
    return node + "/" + text(roles);
  }

  /// `deliver+store`.
  public String roleText() {
    return text(roles);
  }

  private static String text(Collection<NodeRole> roles) {
    var inOrder = EnumSet.noneOf(NodeRole.class);
    inOrder.addAll(roles);
    return inOrder.stream().map(NodeRole::toString).collect(Collectors.joining("+"));
  }
}
