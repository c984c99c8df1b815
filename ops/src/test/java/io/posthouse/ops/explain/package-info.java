/// The command on settings and a DNS of its own, and what it prints of a worker.
@NullMarked
package io.posthouse.ops.explain;

import org.jspecify.annotations.NullMarked;
