/// Tests of this package.
@NullMarked
package io.posthouse.delivery.breaker;

import org.jspecify.annotations.NullMarked;
