/// Tests of this package.
@NullMarked
package io.posthouse.delivery.intake;

import org.jspecify.annotations.NullMarked;
