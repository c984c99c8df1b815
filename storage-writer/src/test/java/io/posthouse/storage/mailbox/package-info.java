@NullMarked
package io.posthouse.storage.mailbox;

import org.jspecify.annotations.NullMarked;
