/// The commands on topics of their own.
@NullMarked
package io.posthouse.ops.dead;

import org.jspecify.annotations.NullMarked;
