@NullMarked
package io.posthouse.edge.policy;

import org.jspecify.annotations.NullMarked;
