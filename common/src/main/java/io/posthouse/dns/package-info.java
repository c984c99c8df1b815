/// The DNS in the words of mail routing: what was found, what is certainly not there, and what
/// nobody could tell us.
@NullMarked
package io.posthouse.dns;

import org.jspecify.annotations.NullMarked;
