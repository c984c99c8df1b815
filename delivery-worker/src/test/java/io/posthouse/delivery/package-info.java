/// The worker as a whole.
@NullMarked
package io.posthouse.delivery;

import org.jspecify.annotations.NullMarked;
