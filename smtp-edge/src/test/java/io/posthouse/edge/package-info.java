@NullMarked
package io.posthouse.edge;

import org.jspecify.annotations.NullMarked;
