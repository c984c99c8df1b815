/// What the processes of a cluster tell of themselves, beat by beat, and what is seen by it.
@NullMarked
package io.posthouse.node;

import org.jspecify.annotations.NullMarked;
