/// A Kafka broker and a database with MongoDB's protocol inside our own process: for evaluation
/// (`posthouse up`) and for tests. Both listen on loopback only and keep their data in a directory
/// each.
///
/// What they need beyond the clients (Kafka's server, mongo-java-server, H2's MVStore) is optional
/// in this module; no role carries it.
@NullMarked
package io.posthouse.embedded;

import org.jspecify.annotations.NullMarked;
