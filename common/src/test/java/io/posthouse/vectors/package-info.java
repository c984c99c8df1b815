/// The lent test vectors, read where they lie.
@NullMarked
package io.posthouse.vectors;

import org.jspecify.annotations.NullMarked;
