package io.posthouse.storage.intake;

import io.posthouse.queue.RetrySchedule;
import io.posthouse.storage.mailbox.Handover;

/// How messages are handed over.
///
/// @param atOnce messages being handed over at a time
/// @param retry when what is not wanted now is tried again
/// @param node which of us it is
public record HandoverTerms(Handover handover, int atOnce, RetrySchedule retry, String node) {}
