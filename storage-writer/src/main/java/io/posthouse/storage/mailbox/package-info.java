/// Mailboxes in the words of those who fill and read them, and what "stored once" means.
@NullMarked
package io.posthouse.storage.mailbox;

import org.jspecify.annotations.NullMarked;
