@NullMarked
package io.posthouse.ops.user;

import org.jspecify.annotations.NullMarked;
