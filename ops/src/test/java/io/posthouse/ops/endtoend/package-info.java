/// The main job, end to end: real processes, a real broker, database, DNS and sockets.
@NullMarked
package io.posthouse.ops.endtoend;

import org.jspecify.annotations.NullMarked;
