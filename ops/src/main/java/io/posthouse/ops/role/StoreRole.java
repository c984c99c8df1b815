package io.posthouse.ops.role;

import io.posthouse.kafka.Splitter;
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
            node.events(),
            node.metrics(),
            node.health(),
            node.clock());
    // Whoever reads what the splitter writes may split: local mail does not wait for a delivery
    // worker.
    node.with(
        Splitter.of(
            node.cluster(), node.settings().node().id(), "store", node.events(), node.clock()));
    Storage.services(node.settings().storage(), node.settings().node(), around).forEach(node::with);
  }
}
