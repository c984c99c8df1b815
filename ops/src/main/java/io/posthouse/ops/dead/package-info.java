/// `dead list|show|replay|export`: what we could not handle.
@NullMarked
package io.posthouse.ops.dead;

import org.jspecify.annotations.NullMarked;
