/// The commands on a database of their own.
@NullMarked
package io.posthouse.ops.storage;

import org.jspecify.annotations.NullMarked;
