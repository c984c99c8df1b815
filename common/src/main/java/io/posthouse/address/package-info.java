/// Mail addresses and domains: parsed once, valid ever after (RFC 5321 §4.1.2).
@NullMarked
package io.posthouse.address;

import org.jspecify.annotations.NullMarked;
