/// Hands mail over to WildDuck by LMTP (RFC 2033), for users who have there what our own storing
/// does not know, or for all.
@NullMarked
package io.posthouse.storage.lmtp;

import org.jspecify.annotations.NullMarked;
