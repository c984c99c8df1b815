package io.posthouse.ops.role;

import io.posthouse.mongo.MongoDirectory;
import io.posthouse.node.NodeRole;
import io.posthouse.storage.Storage;
import java.util.Set;

/// The storage writer on a node.
public final class StoreRole {
  private StoreRole() {}

  public static void addTo(Node node) {
    var domains = Set.copyOf(node.settings().edge().domains());
    var directory =
        new MongoDirectory(node.mongo(), domains, node.clock(), MongoDirectory.Freshness.DEFAULT);
    var around =
        new Storage.Surroundings(
            node.cluster(),
            node.mongo(),
            directory,
            node.settings().srs().srs(),
            node.queue(),
            node.settings().delivery().retry(),
            node.settings().delivery().notices().mostReturned(),
            node.queue(),
            node.content(),
            node.signers().ofNotices(),
            node.events(),
            node.metrics(),
            node.health(),
            node.clock());
    Storage.services(node.settings().storage(), node.settings().node(), around).forEach(node::with);
    node.as(NodeRole.STORE);
  }
}
