/// The SMTP server as a function of values (RFC 5321): a state and an input give the next state and
/// what is to be done. No I/O, no clock, no threads.
@NullMarked
package io.posthouse.edge.session;

import org.jspecify.annotations.NullMarked;
