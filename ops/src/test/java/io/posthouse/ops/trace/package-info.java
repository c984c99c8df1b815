/// Lives of messages, as operators read them.
@NullMarked
package io.posthouse.ops.trace;

import org.jspecify.annotations.NullMarked;
