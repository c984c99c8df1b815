/// What every queue must do, and one in memory that does it.
@NullMarked
package io.posthouse.queue;

import org.jspecify.annotations.NullMarked;
