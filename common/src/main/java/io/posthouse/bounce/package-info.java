/// Delivery status notifications (RFC 3464): values in, octets out.
@NullMarked
package io.posthouse.bounce;

import org.jspecify.annotations.NullMarked;
