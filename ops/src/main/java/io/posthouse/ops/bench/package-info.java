/// Our own load generator: `bench accept|deliver|store`.
@NullMarked
package io.posthouse.ops.bench;

import org.jspecify.annotations.NullMarked;
