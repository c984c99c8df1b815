/// The server's side of SASL mechanisms as functions of values: what a client's line means, and
/// what it is told (RFC 4422). No I/O, no clock, no randomness of its own.
@NullMarked
package io.posthouse.edge.sasl;

import org.jspecify.annotations.NullMarked;
