/// dnsjava against a name server on loopback.
@NullMarked
package io.posthouse.dnsjava;

import org.jspecify.annotations.NullMarked;
