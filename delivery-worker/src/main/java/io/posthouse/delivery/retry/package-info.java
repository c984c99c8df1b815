/// What becomes of a recipient after an attempt: a function of the outcome, the message and the
/// time.
@NullMarked
package io.posthouse.delivery.retry;

import org.jspecify.annotations.NullMarked;
