/// The SMTP edge: takes mail in, and owes it until the queue has it.
@NullMarked
package io.posthouse.edge;

import org.jspecify.annotations.NullMarked;
