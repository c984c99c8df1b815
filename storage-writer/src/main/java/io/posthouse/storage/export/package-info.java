/// Mailboxes written to files that other programs read: mbox and Maildir, octet by octet.
@NullMarked
package io.posthouse.storage.export;

import org.jspecify.annotations.NullMarked;
