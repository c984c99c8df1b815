/// Everything on one machine, for evaluation: broker, database and all roles in one process.
@NullMarked
package io.posthouse.ops.up;

import org.jspecify.annotations.NullMarked;
