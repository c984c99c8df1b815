/// Tests of this package.
@NullMarked
package io.posthouse.delivery.bounce;

import org.jspecify.annotations.NullMarked;
