package io.posthouse.ops;

import java.util.List;

/// Every command about the queue, the dead, the past and the nodes, with what it takes to be one
/// that would be carried out.
final class KafkaCommands {
  static final List<String> ALL =
      List.of(
          "topics check",
          "topics create",
          "queue summary",
          "queue list",
          "queue show 09ymq0x4cg0000g",
          "queue acts",
          "queue undo hold-0gm3w1v7",
          "queue hold --all --yes --reason drill",
          "queue release --all --yes --reason drill",
          "queue flush --all --yes --reason drill",
          "queue bounce --all --yes --reason drill",
          "queue drop --all --yes --reason drill",
          "queue reroute --all --yes --reason drill --to mx.example.net",
          "queue replay --topic local --from 1h",
          "queue replay --topic remote --from 1h",
          "queue replay --topic dead --from 1h",
          "queue replay --resume r1",
          "dead list",
          "dead show 0@1",
          "dead replay --all",
          "dead export --all --to .",
          "trace 09ymq0x4cg0000g",
          "trace --sender ann@example.com",
          "node list");

  private KafkaCommands() {}
}
