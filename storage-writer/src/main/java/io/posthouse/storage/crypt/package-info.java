/// Mail encrypted for the person it lies there for, with that person's own key: OpenPGP (RFC 9580,
/// RFC 3156) and S/MIME (RFC 8551). Alone in importing Bouncy Castle.
@NullMarked
package io.posthouse.storage.crypt;

import org.jspecify.annotations.NullMarked;
