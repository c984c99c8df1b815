/// The queue on a real broker.
@NullMarked
package io.posthouse.kafka;

import org.jspecify.annotations.NullMarked;
