/// Logging in to a host, the client's side of SASL (RFC 4422). Pure.
@NullMarked
package io.posthouse.delivery.login;

import org.jspecify.annotations.NullMarked;
