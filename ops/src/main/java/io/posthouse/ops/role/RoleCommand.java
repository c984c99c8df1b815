package io.posthouse.ops.role;

import io.posthouse.config.ConfigException;
import io.posthouse.ops.PosthouseSettings;
import io.posthouse.ops.cli.ClusterOptions;
import io.posthouse.ops.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// What `edge`, `deliver` and `store` have in common: settings, a node, and one role on it.
public abstract class RoleCommand implements Callable<Integer> {
  @Mixin private ClusterOptions cluster = new ClusterOptions();

  /// Adds the parts of the role to a node.
  abstract void addTo(Node node);

  @Override
  public Integer call() throws ConfigException, InterruptedException {
    try (var node = new Node(cluster.load(PosthouseSettings::read))) {
      addTo(node);
      node.run();
    }
    return ExitCode.DONE;
  }
}
