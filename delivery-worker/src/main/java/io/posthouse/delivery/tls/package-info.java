/// Our side of TLS: the handshake, and what a certificate is worth. What must be reached is said by
/// `security`.
@NullMarked
package io.posthouse.delivery.tls;

import org.jspecify.annotations.NullMarked;
