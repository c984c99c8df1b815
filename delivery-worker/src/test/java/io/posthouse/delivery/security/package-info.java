/// Tests of this package.
@NullMarked
package io.posthouse.delivery.security;

import org.jspecify.annotations.NullMarked;
