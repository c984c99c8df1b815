/// The queue as its commands show it.
@NullMarked
package io.posthouse.ops.queue;

import org.jspecify.annotations.NullMarked;
