/// `topics create|check`.
@NullMarked
package io.posthouse.ops.topics;

import org.jspecify.annotations.NullMarked;
