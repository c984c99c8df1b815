/// One role in one process: `edge`, `deliver`, `store`.
@NullMarked
package io.posthouse.ops.role;

import org.jspecify.annotations.NullMarked;
