/// From the queue into the mailboxes: messages taken, stored together, settled once that is
/// durable.
@NullMarked
package io.posthouse.storage.intake;

import org.jspecify.annotations.NullMarked;
