package io.posthouse.delivery.attempt;

import io.posthouse.outcome.DeliveryOutcome;

/// An outcome for one recipient.
///
/// @param last nothing another address could say would change it
record Judged(DeliveryOutcome outcome, boolean last) {}
