package io.posthouse.ops.role;

import io.posthouse.config.HostPort;
import io.posthouse.config.NodeSettings;
import io.posthouse.node.AtWork;
import io.posthouse.node.Identity;
import io.posthouse.node.NodeRole;
import io.posthouse.node.NodeState;
import io.posthouse.node.Vitals;
import io.posthouse.node.Work;
import io.posthouse.ops.Version;
import io.posthouse.telemetry.HealthChecks;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What this process tells of itself.
///
/// @param http where it serves its pages, by now
record OwnVitals(
    NodeSettings node,
    Set<NodeRole> roles,
    Instant started,
    Supplier<HostPort> http,
    Opening opening,
    HealthChecks health,
    List<AtWork> parts)
    implements Vitals {
  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::");

  OwnVitals {
    roles = Set.copyOf(roles);
    parts = List.copyOf(parts);
  }

  @Override
  public Identity who() {
    var at = http.get();
    // Others cannot connect to whatever address we listen on.
    var host = ANY_ADDRESS.contains(at.host()) ? node.hostname() : at.host();
    return new Identity(
        node.id(), roles, Version.number(), started, new HostPort(host, at.port()).toString());
  }

  @Override
  public NodeState state() {
    return switch (opening.phase()) {
      case BEFORE -> NodeState.STARTING;
      case OPEN -> health.report().isReady() ? NodeState.READY : NodeState.NOT_READY;
      case AFTER -> NodeState.DRAINING;
    };
  }

  @Override
  public String trouble() {
    return health.report().reasons();
  }

  @Override
  public Work work() {
    return parts.stream().map(AtWork::work).reduce(Work.NONE, Work::plus);
  }
}
