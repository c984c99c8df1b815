@NullMarked
package io.posthouse.edge.limits;

import org.jspecify.annotations.NullMarked;
