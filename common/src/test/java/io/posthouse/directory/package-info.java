/// A directory and logins in memory, and what every directory must do.
@NullMarked
package io.posthouse.directory;

import org.jspecify.annotations.NullMarked;
