@NullMarked
package io.posthouse.ops.node;

import org.jspecify.annotations.NullMarked;
