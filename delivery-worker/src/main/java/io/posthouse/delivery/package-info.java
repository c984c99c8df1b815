/// The delivery worker: takes mail from the queue to the hosts of its domain, or returns it.
@NullMarked
package io.posthouse.delivery;

import org.jspecify.annotations.NullMarked;
