package io.posthouse.delivery.attempt;

import io.posthouse.message.Envelope;
import io.posthouse.outcome.MxHost;
import io.posthouse.telemetry.Result;
import java.time.Duration;

/// One address was tried, or a transaction over a connection to it.
///
/// @param said what decided it: a reply, or what we saw
/// @param connect until we were connected, or gave up; zero where a connection was there already
/// @param took the whole of it
public record Tried(
    Envelope envelope, MxHost mx, Result result, String said, Duration connect, Duration took) {}
