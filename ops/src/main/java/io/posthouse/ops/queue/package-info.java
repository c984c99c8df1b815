/// `queue summary|list|show|...`: what is in the queue, and what becomes of it.
@NullMarked
package io.posthouse.ops.queue;

import org.jspecify.annotations.NullMarked;
