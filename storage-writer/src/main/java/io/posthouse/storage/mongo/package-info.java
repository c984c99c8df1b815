/// Mailboxes in MongoDB, in WildDuck's layout.
@NullMarked
package io.posthouse.storage.mongo;

import org.jspecify.annotations.NullMarked;
