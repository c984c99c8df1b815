/// What became of one recipient in one attempt, and how we know.
@NullMarked
package io.posthouse.outcome;

import org.jspecify.annotations.NullMarked;
