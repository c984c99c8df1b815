/// Messages that follow from a delivered one: those forwarded. Made and put into the queue before
/// the message itself is settled, once.
@NullMarked
package io.posthouse.storage.outbound;

import org.jspecify.annotations.NullMarked;
