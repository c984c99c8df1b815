package io.posthouse.node;

import io.posthouse.message.QueueId;
import java.time.Instant;

/// A message, or the part of it for one destination, that somebody is delivering or storing.
///
/// @param destination as the key of its record: a domain, or the id of a user or an address
/// @param site whose guest it is; empty where there is none
/// @param to the host and address it was last seen to talk to, or to reach for; empty before
/// @param since when it was begun
public record InFlight(QueueId id, String destination, String site, String to, Instant since) {}
