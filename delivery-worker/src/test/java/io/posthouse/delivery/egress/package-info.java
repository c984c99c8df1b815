/// Tests of this package.
@NullMarked
package io.posthouse.delivery.egress;

import org.jspecify.annotations.NullMarked;
