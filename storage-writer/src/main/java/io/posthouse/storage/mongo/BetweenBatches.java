package io.posthouse.storage.mongo;

import io.posthouse.storage.mailbox.Listeners;
import io.posthouse.telemetry.Events;
import java.util.function.Consumer;

/// What outlives a batch: what one remembers for the next, and who hears of them.
///
/// @param listeners told of what is stored
/// @param events told of messages that are not laid out as they should be
/// @param before hears of each step before it is done; what it throws breaks the batch off
record BetweenBatches(
    Folders folders,
    Threads threads,
    Parallel parallel,
    AtRest atRest,
    Listeners listeners,
    Events events,
    Consumer<Step> before) {}
