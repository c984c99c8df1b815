/// Tests of this package.
@NullMarked
package io.posthouse.delivery.login;

import org.jspecify.annotations.NullMarked;
