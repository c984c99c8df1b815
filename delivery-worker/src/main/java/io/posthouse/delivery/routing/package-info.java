/// From a domain to the hosts that take its mail, and from a host to the addresses worth trying.
@NullMarked
package io.posthouse.delivery.routing;

import org.jspecify.annotations.NullMarked;
