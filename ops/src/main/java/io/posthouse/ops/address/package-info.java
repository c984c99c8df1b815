/// `address add|list|remove`.
@NullMarked
package io.posthouse.ops.address;

import org.jspecify.annotations.NullMarked;
