@NullMarked
package io.posthouse.edge.wire;

import org.jspecify.annotations.NullMarked;
