package io.posthouse.config;

/// One key that was asked for: what it may be, and what it is.
///
/// @param key its full name, such as `delivery.retry.first`
/// @param expected what may be written there
/// @param byDefault what holds when nothing is written; empty when something must or may be left
///   out
/// @param effective what holds now, secrets hidden; empty when nothing does
/// @param origin where that was written: `FILE:LINE:COLUMN`, `--set` or `default`
/// @param doc what it is for, in a line; may be empty
public record Setting(
    String key, String expected, String byDefault, String effective, String origin, String doc) {}
