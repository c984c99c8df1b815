/// `domain add|list|remove`.
@NullMarked
package io.posthouse.ops.domain;

import org.jspecify.annotations.NullMarked;
