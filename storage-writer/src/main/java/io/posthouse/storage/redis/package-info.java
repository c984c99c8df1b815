/// WildDuck's Redis, through which its IMAP sessions hear of new mail: the only package that knows
/// Lettuce.
@NullMarked
package io.posthouse.storage.redis;

import org.jspecify.annotations.NullMarked;
