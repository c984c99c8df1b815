/// The storage writer: takes mail from the queue into the mailboxes of local users.
@NullMarked
package io.posthouse.storage;

import org.jspecify.annotations.NullMarked;
