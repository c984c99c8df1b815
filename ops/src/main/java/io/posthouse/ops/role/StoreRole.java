package io.posthouse.ops.role;

import io.posthouse.storage.Storage;

/// The storage writer on a node.
public final class StoreRole {
  private StoreRole() {}

  public static void addTo(Node node) {
    var around =
        new Storage.Surroundings(
            node.cluster(),
            node.mongo(),
            node.queue(),
            node.queue(),
            node.content(),
            node.signers().ofNotices(),
            node.events(),
            node.metrics(),
            node.health(),
            node.clock());
    Storage.services(node.settings().storage(), node.settings().node(), around).forEach(node::with);
  }
}
