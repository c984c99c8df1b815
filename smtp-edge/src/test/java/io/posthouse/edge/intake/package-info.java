@NullMarked
package io.posthouse.edge.intake;

import org.jspecify.annotations.NullMarked;
