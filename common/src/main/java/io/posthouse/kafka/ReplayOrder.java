package io.posthouse.kafka;

import java.util.Optional;

/// Who replays, and why.
///
/// @param id the name of the replay, on every event
/// @param node whose name the events carry
public record ReplayOrder(String id, String node, String operator, Optional<String> reason) {}
