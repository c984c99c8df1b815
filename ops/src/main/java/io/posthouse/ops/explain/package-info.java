/// What would happen and why, without doing it.
@NullMarked
package io.posthouse.ops.explain;

import org.jspecify.annotations.NullMarked;
