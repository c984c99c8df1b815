@NullMarked
package io.posthouse.node;

import org.jspecify.annotations.NullMarked;
