package io.posthouse.message;

/// How an operator ended a message.
///
/// @param directive its id
/// @param told whether the sender is told, by a DSN; if not, the message is dropped
/// @param reason for the sender and for whoever asks later
/// @param operator who it was
public record Ending(String directive, boolean told, String reason, String operator) {}
