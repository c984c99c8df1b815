/// From content to a stamped message in the queue; owns the 250.
@NullMarked
package io.posthouse.edge.intake;

import org.jspecify.annotations.NullMarked;
