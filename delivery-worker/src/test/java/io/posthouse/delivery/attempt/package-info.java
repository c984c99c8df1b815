/// Tests of this package.
@NullMarked
package io.posthouse.delivery.attempt;

import org.jspecify.annotations.NullMarked;
