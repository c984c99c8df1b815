@NullMarked
package io.posthouse.edge.sasl;

import org.jspecify.annotations.NullMarked;
