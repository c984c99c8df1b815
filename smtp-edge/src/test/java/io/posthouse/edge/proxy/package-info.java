@NullMarked
package io.posthouse.edge.proxy;

import org.jspecify.annotations.NullMarked;
