/// Putting what lies in the log into the queue again: `queue replay`, and what `dead replay` needs
/// of it.
@NullMarked
package io.posthouse.ops.replay;

import org.jspecify.annotations.NullMarked;
