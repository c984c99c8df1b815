/// Which TLS a host must give before it gets a message, and who says so. Pure.
@NullMarked
package io.posthouse.delivery.security;

import org.jspecify.annotations.NullMarked;
