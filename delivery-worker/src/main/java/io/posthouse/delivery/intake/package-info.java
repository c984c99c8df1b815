/// From the queue to an attempt, and from its outcomes back into the queue: record first, settle
/// second.
@NullMarked
package io.posthouse.delivery.intake;

import org.jspecify.annotations.NullMarked;
