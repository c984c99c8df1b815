/// The command line, and all roles in one process.
@NullMarked
package io.posthouse.ops;

import org.jspecify.annotations.NullMarked;
