/// How often things have happened lately, counted by all nodes together.
@NullMarked
package io.posthouse.tally;

import org.jspecify.annotations.NullMarked;
