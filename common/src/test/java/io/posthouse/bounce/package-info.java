/// Tests of this package.
@NullMarked
package io.posthouse.bounce;

import org.jspecify.annotations.NullMarked;
