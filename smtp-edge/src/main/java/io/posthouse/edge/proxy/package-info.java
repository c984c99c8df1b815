/// The PROXY protocol, versions 1 and 2, as functions from octets to values.
@NullMarked
package io.posthouse.edge.proxy;

import org.jspecify.annotations.NullMarked;
