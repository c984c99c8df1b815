package io.posthouse.node;

import io.posthouse.message.QueueId;
import java.time.Instant;

/// A message, or the part of it for one destination, that waits for its turn at its site.
///
/// @param destination as the key of its record
/// @param before how many go first
public record Waiting(QueueId id, String destination, String site, int before, Instant since) {}
