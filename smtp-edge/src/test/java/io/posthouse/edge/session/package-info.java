@NullMarked
package io.posthouse.edge.session;

import org.jspecify.annotations.NullMarked;
