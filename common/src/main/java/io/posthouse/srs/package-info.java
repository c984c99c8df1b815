/// The sender rewriting scheme: forwarded mail comes from a domain of the host that forwards it.
@NullMarked
package io.posthouse.srs;

import org.jspecify.annotations.NullMarked;
