/// Tests of this package.
@NullMarked
package io.posthouse.delivery.retry;

import org.jspecify.annotations.NullMarked;
