package io.posthouse.ops.testbed;

import io.posthouse.embedded.TestBroker;
import io.posthouse.embedded.TestMongo;

/// The Kafka and the MongoDB of a test.
///
/// @param bootstrap of Kafka, `host:port`
/// @param mongodb URI of MongoDB, without a database
public record Cluster(String bootstrap, String mongodb) {
  /// The one that all test classes share; who uses it takes topics and a database of its own.
  public static Cluster shared() {
    return new Cluster(TestBroker.shared().bootstrap(), TestMongo.shared().uri());
  }
}
