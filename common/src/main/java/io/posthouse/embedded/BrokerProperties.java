package io.posthouse.embedded;

import java.nio.file.Path;
import java.util.Properties;

/// One broker that is its own controller, for one machine: nothing is replicated, threads and
/// buffers are few.
final class BrokerProperties {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENTS = "PLAINTEXT";

  private BrokerProperties() {}

  static Properties of(Path data, int port, int toldPort, int controllerPort, boolean fsync) {
    var properties = new Properties();
    topology(properties, port, toldPort, controllerPort);
    properties.put("log.dirs", data.toString());
    properties.put("auto.create.topics.enable", "false");
    internalTopics(properties);
    footprint(properties);
    // With no replica to fall back on, an append is only safe on disk; the sessions of an edge
    // share appends.
    if (fsync) properties.put("log.flush.interval.messages", "1");
    return properties;
  }

  private static void topology(Properties properties, int port, int toldPort, int controllerPort) {
    var clients = CLIENTS + "://" + Loopback.HOST + ":";
    var controller = Loopback.HOST + ":" + controllerPort;
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", String.valueOf(NODE));
    properties.put("controller.quorum.voters", NODE + "@" + controller);
    properties.put("listeners", clients + port + "," + CONTROLLER + "://" + controller);
    properties.put("advertised.listeners", clients + toldPort);
    properties.put(
        "listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    properties.put("controller.listener.names", CONTROLLER);
    properties.put("inter.broker.listener.name", CLIENTS);
    // After a kill the controller takes the broker for alive, and refuses the new one, this long.
    properties.put("broker.session.timeout.ms", "3000");
    properties.put("broker.heartbeat.interval.ms", "500");
  }

  private static void internalTopics(Properties properties) {
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "8");
    // Our consumers put the offsets that are done out of order into a commit's metadata.
    properties.put("offset.metadata.max.bytes", "16384");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    // There is nobody to wait for when the first consumer of a group arrives.
    properties.put("group.initial.rebalance.delay.ms", "0");
  }

  private static void footprint(Properties properties) {
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    properties.put("log.cleaner.io.buffer.size", "131072");
    // Index files are preallocated, two for each partition.
    properties.put("log.index.size.max.bytes", "1048576");
    // Otherwise the idle controller writes a record twice a second.
    properties.put("metadata.max.idle.interval.ms", "0");
  }
}
