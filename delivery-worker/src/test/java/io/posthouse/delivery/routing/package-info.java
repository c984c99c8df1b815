/// Tests of this package.
@NullMarked
package io.posthouse.delivery.routing;

import org.jspecify.annotations.NullMarked;
