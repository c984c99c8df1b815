package io.posthouse.node;

/// Something that stands in the way of a message at one process.
///
/// @param what as an operator should read it
public record Obstacle(String node, String what) {
  /// `worker-1: address mx1.example.net[192.0.2.1]:25 is open until ...`.
  @Override
  public String toString() {
    return node + ": " + what;
  }
}
