@NullMarked
package io.posthouse.ops.mailbox;

import org.jspecify.annotations.NullMarked;
