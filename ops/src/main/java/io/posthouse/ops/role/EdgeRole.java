package io.posthouse.ops.role;

import io.posthouse.edge.Edge;
import io.posthouse.mongo.Hashing;
import io.posthouse.mongo.MongoDirectory;
import io.posthouse.mongo.MongoLogins;
import io.posthouse.mongo.MongoTallies;
import io.posthouse.node.NodeRole;
import java.util.Set;

/// The edge on a node.
public final class EdgeRole {
  private EdgeRole() {}

  public static void addTo(Node node) {
    var settings = node.settings();
    var domains = Set.copyOf(settings.edge().domains());
    var directory =
        new MongoDirectory(node.mongo(), domains, node.clock(), MongoDirectory.Freshness.DEFAULT);
    node.ready("directory", directory::trouble);
    var around =
        new Edge.Surroundings(
            node.queue(),
            directory,
            new MongoLogins(node.mongo(), Hashing.byDefault()),
            new MongoTallies(node.mongo(), node.clock()),
            node.signers().ofUsers(directory),
            settings.dkim().authors(),
            settings.srs().srs(),
            node.events(),
            node.metrics(),
            node.clock());
    node.with(Edge.server(settings.edge(), settings.node(), settings.tls(), around));
    node.as(NodeRole.EDGE);
  }
}
