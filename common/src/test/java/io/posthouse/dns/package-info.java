/// A name server for tests.
@NullMarked
package io.posthouse.dns;

import org.jspecify.annotations.NullMarked;
