/// `trace`: what happened to a message, over all nodes.
@NullMarked
package io.posthouse.ops.trace;

import org.jspecify.annotations.NullMarked;
