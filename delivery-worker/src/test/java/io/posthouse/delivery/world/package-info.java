/// Hosts of the world that mail goes to, good ones and bad ones, all of them on loopback.
@NullMarked
package io.posthouse.delivery.world;

import org.jspecify.annotations.NullMarked;
