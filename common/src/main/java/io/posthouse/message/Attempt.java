package io.posthouse.message;

import java.time.Instant;

/// One line of a message's history: when we tried, where, and what we heard.
///
/// @param host the MX host and its address, or empty where we got to none
/// @param said the reply, or what we saw instead
public record Attempt(Instant at, String node, String host, String said) {}
