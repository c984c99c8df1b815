/// Tests of this package.
@NullMarked
package io.posthouse.delivery.shaping;

import org.jspecify.annotations.NullMarked;
