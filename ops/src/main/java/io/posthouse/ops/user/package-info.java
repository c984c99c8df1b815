/// `user add|list|show|set|password|remove`.
@NullMarked
package io.posthouse.ops.user;

import org.jspecify.annotations.NullMarked;
